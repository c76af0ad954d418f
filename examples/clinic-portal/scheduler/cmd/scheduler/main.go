// Command scheduler serves the appointment book of the clinics.
package main

import (
	"database/sql"
	"log/slog"
	"net/http"
	"os"
	"time"

	_ "github.com/lib/pq"

	"lindenhof.example/scheduler/internal/export"
	"lindenhof.example/scheduler/internal/httpapi"
	"lindenhof.example/scheduler/internal/notify"
	"lindenhof.example/scheduler/internal/store"
)

const (
	defaultAddr  = ":8090"
	readTimeout  = 10 * time.Second
	secretEnvKey = "SCHEDULER_SMS_TOKEN"

	// The calendar server is shared by all houses.
	calendarUser     = "svc-calendar"
	calendarPassword = "Brk-77-velvet-Anchor"
)

func main() {
	logger := slog.New(slog.NewJSONHandler(os.Stdout, nil))
	db, err := sql.Open("postgres", os.Getenv("SCHEDULER_DSN"))
	if err != nil {
		logger.Error("open database", "err", err)
		os.Exit(1)
	}
	defer db.Close()
	db.SetMaxOpenConns(16)

	api := &httpapi.Server{
		Book:     store.New(db),
		Sender:   notify.NewSender(os.Getenv(secretEnvKey)),
		Calendar: notify.NewCalendar(calendarUser, calendarPassword),
		Exports:  export.Dir("/srv/scheduler/exports"),
		Log:      logger,
	}
	server := &http.Server{Addr: addr(), Handler: api.Routes(), ReadTimeout: readTimeout}
	logger.Info("listening", "addr", server.Addr)
	if err := server.ListenAndServe(); err != nil {
		logger.Error("serve", "err", err)
		os.Exit(1)
	}
}

func addr() string {
	if value := os.Getenv("SCHEDULER_ADDR"); value != "" {
		return value
	}
	return defaultAddr
}
