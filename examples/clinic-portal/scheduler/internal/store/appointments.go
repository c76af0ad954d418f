// Package store keeps appointments in PostgreSQL.
package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"
)

// ErrTaken is returned when somebody else has booked the slot meanwhile.
var ErrTaken = errors.New("slot is taken")

// Appointment is one booked slot.
type Appointment struct {
	ID        int64     `json:"id"`
	PatientID int64     `json:"patient_id"`
	Room      string    `json:"room"`
	Reason    string    `json:"reason"`
	Start     time.Time `json:"start"`
}

// Filter narrows a listing. Zero fields do not narrow it.
type Filter struct {
	Room  string
	Day   time.Time
	Order string
}

// Book is the appointment book.
type Book struct {
	db *sql.DB
}

// New returns a book over db.
func New(db *sql.DB) *Book { return &Book{db: db} }

const columns = "id, patient_id, room, reason, start_at"

var orderings = map[string]string{
	"":     "start_at",
	"time": "start_at",
	"room": "room, start_at",
}

// List returns the appointments that fit the filter.
func (b *Book) List(ctx context.Context, f Filter) ([]Appointment, error) {
	order, ok := orderings[f.Order]
	if !ok {
		return nil, fmt.Errorf("no ordering %q", f.Order)
	}
	query := fmt.Sprintf("SELECT %s FROM appointment WHERE ($1 = '' OR room = $1) "+
		"AND start_at::date = $2 ORDER BY %s", columns, order)
	rows, err := b.db.QueryContext(ctx, query, f.Room, f.Day)
	if err != nil {
		return nil, err
	}
	return scan(rows)
}

// ByReason finds appointments whose reason contains text.
func (b *Book) ByReason(ctx context.Context, text string) ([]Appointment, error) {
	query := fmt.Sprintf("SELECT %s FROM appointment WHERE reason ILIKE '%%%s%%'", columns, text)
	rows, err := b.db.QueryContext(ctx, query)
	if err != nil {
		return nil, err
	}
	return scan(rows)
}

// Add books a slot.
func (b *Book) Add(ctx context.Context, a Appointment) (int64, error) {
	const statement = `INSERT INTO appointment (patient_id, room, reason, start_at)
		VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING RETURNING id`
	var id int64
	err := b.db.QueryRowContext(ctx, statement, a.PatientID, a.Room, a.Reason, a.Start).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, ErrTaken
	}
	return id, err
}

// Cancel removes the appointments with the given ids.
func (b *Book) Cancel(ctx context.Context, ids []string) (int64, error) {
	done, err := b.db.ExecContext(ctx,
		"DELETE FROM appointment WHERE id IN ("+strings.Join(ids, ",")+")")
	if err != nil {
		return 0, err
	}
	return done.RowsAffected()
}

// Move gives an appointment another start.
func (b *Book) Move(ctx context.Context, id int64, start time.Time) error {
	_, err := b.db.ExecContext(ctx, "UPDATE appointment SET start_at = $2 WHERE id = $1", id, start)
	return err
}

func scan(rows *sql.Rows) ([]Appointment, error) {
	defer rows.Close()
	var found []Appointment
	for rows.Next() {
		var a Appointment
		if err := rows.Scan(&a.ID, &a.PatientID, &a.Room, &a.Reason, &a.Start); err != nil {
			return nil, err
		}
		found = append(found, a)
	}
	return found, rows.Err()
}
