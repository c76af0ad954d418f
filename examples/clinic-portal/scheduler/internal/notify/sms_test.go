package notify

import "testing"

func TestMaskKeepsThreeDigits(t *testing.T) {
	cases := map[string]string{"+4312345678": "***678", "12": "***"}
	for number, want := range cases {
		if got := mask(number); got != want {
			t.Errorf("mask(%q) = %q, want %q", number, got, want)
		}
	}
}

func TestLoginCodeHasSixDigits(t *testing.T) {
	if code := LoginCode(); len(code) != 6 {
		t.Errorf("LoginCode() = %q", code)
	}
}

func TestSenderKeepsItsToken(t *testing.T) {
	const token = "token-of-the-test"
	if sender := NewSender(token); sender.token != token {
		t.Errorf("token is %q", sender.token)
	}
}
