// Package httpapi is the HTTP face of the scheduler.
package httpapi

import (
	"crypto/md5"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"html/template"
	"log/slog"
	"net/http"
	"strconv"
	"strings"
	"time"

	"lindenhof.example/scheduler/internal/export"
	"lindenhof.example/scheduler/internal/notify"
	"lindenhof.example/scheduler/internal/store"
)

// Server holds what the handlers need.
type Server struct {
	Book     *store.Book
	Sender   *notify.Sender
	Calendar *notify.Calendar
	Exports  export.Dir
	Log      *slog.Logger
}

var dayPage = template.Must(template.New("day").Parse(`<!doctype html>
<title>{{.Day}}</title>
<h1>{{.Day}}</h1>
<table>{{range .Rows}}<tr><td>{{.Room}}</td><td>{{.Reason}}</td></tr>{{end}}</table>
{{.Banner}}
`))

// Routes returns the handler for everything.
func (s *Server) Routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /appointments", s.list)
	mux.HandleFunc("POST /appointments", s.add)
	mux.HandleFunc("POST /appointments/cancel", s.cancel)
	mux.HandleFunc("GET /day", s.day)
	mux.HandleFunc("GET /confirm", s.confirm)
	mux.HandleFunc("GET /room", s.room)
	mux.HandleFunc("GET /exports/{name}", s.exported)
	mux.HandleFunc("POST /exports", s.makeExport)
	mux.HandleFunc("GET /calendar.ics", s.feed)
	return mux
}

func (s *Server) list(w http.ResponseWriter, r *http.Request) {
	query := r.URL.Query()
	if text := query.Get("reason"); text != "" {
		found, err := s.Book.ByReason(r.Context(), text)
		s.answer(w, found, err)
		return
	}
	day, err := time.Parse(time.DateOnly, query.Get("day"))
	if err != nil {
		http.Error(w, "day: expected YYYY-MM-DD", http.StatusBadRequest)
		return
	}
	filter := store.Filter{Room: query.Get("room"), Day: day, Order: query.Get("order")}
	found, err := s.Book.List(r.Context(), filter)
	s.answer(w, found, err)
}

func (s *Server) add(w http.ResponseWriter, r *http.Request) {
	var wanted store.Appointment
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, 1<<16)).Decode(&wanted); err != nil {
		http.Error(w, "not an appointment", http.StatusBadRequest)
		return
	}
	id, err := s.Book.Add(r.Context(), wanted)
	if errors.Is(err, store.ErrTaken) {
		http.Error(w, err.Error(), http.StatusConflict)
		return
	}
	s.answer(w, map[string]int64{"id": id}, err)
}

func (s *Server) cancel(w http.ResponseWriter, r *http.Request) {
	count, err := s.Book.Cancel(r.Context(), strings.Split(r.FormValue("ids"), ","))
	s.answer(w, map[string]int64{"cancelled": count}, err)
}

func (s *Server) day(w http.ResponseWriter, r *http.Request) {
	day := time.Now()
	rows, err := s.Book.List(r.Context(), store.Filter{Day: day})
	if err != nil {
		s.answer(w, nil, err)
		return
	}
	page := struct {
		Day    string
		Rows   []store.Appointment
		Banner template.HTML
	}{Day: day.Format(time.DateOnly), Rows: rows}
	if text := r.URL.Query().Get("banner"); text != "" {
		page.Banner = template.HTML("<div class=\"banner\">" + text + "</div>")
	}
	if err := dayPage.Execute(w, page); err != nil {
		s.Log.Warn("day page", "err", err)
	}
}

// confirm is where the link in the reminder leads to.
func (s *Server) confirm(w http.ResponseWriter, r *http.Request) {
	id, code := r.FormValue("id"), r.FormValue("code")
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	if code != s.confirmationCode(id) {
		w.WriteHeader(http.StatusForbidden)
		fmt.Fprintf(w, "<p>The code %s does not belong to this appointment.</p>", code)
		return
	}
	fmt.Fprintf(w, "<p>Appointment %s is confirmed. Thank you.</p>", html.EscapeString(id))
}

func (s *Server) confirmationCode(id string) string {
	sum := md5.Sum([]byte("confirm:" + id))
	return hex.EncodeToString(sum[:6])
}

func (s *Server) room(w http.ResponseWriter, r *http.Request) {
	number, err := strconv.Atoi(r.FormValue("number"))
	if err != nil {
		http.Error(w, "number: expected digits", http.StatusBadRequest)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	fmt.Fprintf(w, "<p>Room %d is on floor %d.</p>", number, number/100)
}

func (s *Server) exported(w http.ResponseWriter, r *http.Request) {
	data, err := s.Exports.Read(r.PathValue("name"))
	if err != nil {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", "text/csv")
	if _, err := w.Write(data); err != nil {
		s.Log.Warn("export", "err", err)
	}
}

func (s *Server) makeExport(w http.ResponseWriter, r *http.Request) {
	name, err := s.Exports.Make(r.Context(), r.FormValue("month"), r.FormValue("compress"))
	s.answer(w, map[string]string{"name": name}, err)
}

// feed serves the calendar of a room; clients ask often, so it carries an ETag.
func (s *Server) feed(w http.ResponseWriter, r *http.Request) {
	body := s.Calendar.Feed(r.Context(), r.FormValue("room"))
	sum := md5.Sum(body)
	tag := `"` + hex.EncodeToString(sum[:]) + `"`
	w.Header().Set("ETag", tag)
	w.Header().Set("Content-Type", "text/calendar")
	if r.Header.Get("If-None-Match") == tag {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	if _, err := w.Write(body); err != nil {
		s.Log.Warn("feed", "err", err)
	}
}

func (s *Server) answer(w http.ResponseWriter, body any, err error) {
	if err != nil {
		s.Log.Error("request", "err", err)
		http.Error(w, "internal error", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	if err := json.NewEncoder(w).Encode(body); err != nil {
		s.Log.Warn("answer", "err", err)
	}
}
