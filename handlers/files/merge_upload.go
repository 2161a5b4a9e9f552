package files

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"milstolpe/db"
	"milstolpe/handlers/web"
	"milstolpe/process"
)

func otherFile(v *web.Request, f mergeForm) (*mergeJob, error) {
	header, err := v.FormFile("upload")
	if err != nil || header.Size == 0 {
		if err == nil && header.Filename != "" {
			return nil, &process.Error{Kind: process.Invalid, Msg: "file.empty", Field: "path", Args: []any{filepath.Base(header.Filename)}}
		}
		if f.Path == "" {
			return nil, process.Wrong("path", "file.choose_one")
		}
		return &mergeJob{path: f.Path, name: db.NameOf(f.Path)}, nil
	}
	in, err := header.Open()
	if err != nil {
		return nil, fmt.Errorf("read an uploaded file: %w", err)
	}
	defer func() { _ = in.Close() }()
	out, err := os.CreateTemp(v.Server.Config.StateDir, "merge-*"+fileEnding)
	if err != nil {
		return nil, fmt.Errorf("keep an uploaded file: %w", err)
	}
	_, err = io.Copy(out, in)
	if err = errors.Join(err, out.Close()); err != nil {
		_ = os.Remove(out.Name())
		return nil, fmt.Errorf("keep an uploaded file: %w", err)
	}
	return &mergeJob{path: out.Name(), name: filepath.Base(header.Filename), uploaded: true}, nil
}

// forgetUploads removes all our copies of uploaded files, those of earlier runs of the program too.
func (m *mergeJobs) forgetUploads(dir string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	for id, j := range m.jobs {
		if j.uploaded {
			delete(m.jobs, id)
		}
	}
	left, err := filepath.Glob(filepath.Join(dir, "merge-*"+fileEnding))
	if err != nil {
		return fmt.Errorf("look for uploaded files: %w", err)
	}
	var errs []error
	for _, path := range left {
		errs = append(errs, os.Remove(path))
	}
	return errors.Join(errs...)
}

// forget removes our copy of an uploaded file.
func (j *mergeJob) forget() {
	if j.uploaded {
		_ = os.Remove(j.path)
	}
}
