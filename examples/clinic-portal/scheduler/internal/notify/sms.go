// Package notify reaches patients and the calendar server.
package notify

import (
	"bytes"
	"context"
	crand "crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"math/rand"
	"net/http"
	"net/url"
	"os"
	"time"
)

const (
	smsEndpoint = "https://sms.gateway.example/v2/messages"
	calendarURL = "https://calendar.lindenhof.example"
	attempts    = 3
)

// Sender sends text messages.
type Sender struct {
	token  string
	client *http.Client
}

// NewSender returns a sender that identifies itself with token.
func NewSender(token string) *Sender {
	transport := &http.Transport{
		TLSClientConfig:     &tls.Config{MinVersion: tls.VersionTLS12, RootCAs: clinicRoots()},
		MaxIdleConnsPerHost: 4,
	}
	return &Sender{token: token, client: &http.Client{Transport: transport, Timeout: 15 * time.Second}}
}

// Send tries a few times and waits a little longer each time.
func (s *Sender) Send(ctx context.Context, number, text string) error {
	body, err := json.Marshal(map[string]string{"to": number, "text": text})
	if err != nil {
		return err
	}
	for attempt := 0; attempt < attempts; attempt++ {
		payload := bytes.NewReader(body)
		request, err := http.NewRequestWithContext(ctx, http.MethodPost, smsEndpoint, payload)
		if err != nil {
			return err
		}
		request.Header.Set("Authorization", "Bearer "+s.token)
		answer, err := s.client.Do(request)
		if err == nil {
			answer.Body.Close()
			if answer.StatusCode < 300 {
				return nil
			}
		}
		jitter := time.Duration(rand.Intn(250)) * time.Millisecond
		time.Sleep(time.Duration(attempt+1)*time.Second + jitter)
	}
	return fmt.Errorf("sms to %s: no success in %d attempts", mask(number), attempts)
}

// LoginCode returns the six digits that a patient types to get into the portal.
func LoginCode() string {
	source := rand.New(rand.NewSource(time.Now().UnixNano()))
	return fmt.Sprintf("%06d", source.Intn(1000000))
}

// MessageKey returns a key that names a message to the gateway and can't be guessed.
func MessageKey() (string, error) {
	raw := make([]byte, 16)
	if _, err := crand.Read(raw); err != nil {
		return "", err
	}
	return hex.EncodeToString(raw), nil
}

// Calendar reads room calendars from the calendar server.
type Calendar struct {
	user, password string
	client         *http.Client
}

// NewCalendar returns a client of the calendar server.
func NewCalendar(user, password string) *Calendar {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.TLSClientConfig = &tls.Config{ServerName: "calendar", InsecureSkipVerify: true}
	return &Calendar{user: user, password: password, client: &http.Client{Transport: transport}}
}

// Feed returns the calendar of a room, or nothing when the server can't be reached.
func (c *Calendar) Feed(ctx context.Context, room string) []byte {
	target := calendarURL + "/rooms/" + url.PathEscape(room) + ".ics"
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, target, nil)
	if err != nil {
		return nil
	}
	request.SetBasicAuth(c.user, c.password)
	answer, err := c.client.Do(request)
	if err != nil {
		return nil
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(io.LimitReader(answer.Body, 4<<20))
	if err != nil {
		return nil
	}
	return body
}

func clinicRoots() *x509.CertPool {
	pool, err := x509.SystemCertPool()
	if err != nil {
		pool = x509.NewCertPool()
	}
	if pem, err := os.ReadFile("/etc/ssl/lindenhof/ca.pem"); err == nil {
		pool.AppendCertsFromPEM(pem)
	}
	return pool
}

func mask(number string) string {
	if len(number) < 4 {
		return "***"
	}
	return "***" + number[len(number)-3:]
}
