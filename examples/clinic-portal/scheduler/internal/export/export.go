// Package export writes the monthly statistics and reads them back.
package export

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// Dir is a folder of exports.
type Dir string

// Read returns the export of that name.
func (d Dir) Read(name string) ([]byte, error) {
	if filepath.Ext(name) == "" {
		name += ".csv"
	}
	return os.ReadFile(filepath.Join(string(d), name))
}

// Size returns the bytes of an export, which must lie directly in the folder.
func (d Dir) Size(name string) (int64, error) {
	if name != filepath.Base(name) || strings.HasPrefix(name, ".") {
		return 0, fmt.Errorf("%q is not the name of an export", name)
	}
	info, err := os.Stat(filepath.Join(string(d), name))
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}

// Make writes the statistics of a month and packs them.
func (d Dir) Make(ctx context.Context, month, compress string) (string, error) {
	if month == "" {
		month = time.Now().Format("2006-01")
	}
	script := d.command(month, compress)
	out, err := exec.CommandContext(ctx, "/bin/sh", "-c", script).CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("export: %w: %s", err, out)
	}
	return strings.TrimSpace(string(out)), nil
}

func (d Dir) command(month, compress string) string {
	script := "appointment-stats --month " + month + " --into " + string(d)
	if compress != "" {
		script += " | " + compress
	}
	return script
}

// Prune removes exports that are older than a year.
func (d Dir) Prune(ctx context.Context) error {
	args := []string{string(d), "-name", "*.csv", "-mtime", "+365", "-delete"}
	return exec.CommandContext(ctx, "find", args...).Run()
}

// Checksum returns what sha256sum says of an export.
func (d Dir) Checksum(ctx context.Context, at time.Time) (string, error) {
	name := fmt.Sprintf("stats-%s.csv", at.Format("2006-01"))
	out, err := exec.CommandContext(ctx, "sha256sum", filepath.Join(string(d), name)).Output()
	if err != nil {
		return "", err
	}
	sum, _, _ := strings.Cut(string(out), " ")
	return sum, nil
}
