// Package stranger proves that FORMAT.md is enough: its test reads a shared file with a reader that was written from that page alone,
// with the standard library and nothing of this project.
package stranger
