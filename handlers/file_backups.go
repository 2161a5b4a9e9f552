package handlers

import (
	"path/filepath"
	"time"

	"milstolpe/db"
	"milstolpe/process"
)

const backupsPath = filePath + "/backups"

func backupRoutes(r *routes) {
	r.get(backupsPath, showBackups)
	r.post(backupsPath, makeBackup)
	r.post(backupsPath+"/restore", restoreBackup)
	r.template("file_backups", backupsPage{})
}

// backupsPage lists the backups, latest first. Restoring one makes another of what is there now, so that it can be undone.
type backupsPage struct {
	Page
	Backups []backupLine
}

type backupLine struct {
	ID     string // name of the file, which is all that the form sends
	At     time.Time
	Reason string
	Size   int64
}

func showBackups(v *visit) error {
	page := backupsPage{Page: v.page(NoSection, v.t("file.backups_title"))}
	list, err := v.file().Backups()
	if err != nil {
		return err
	}
	for _, b := range list {
		page.Backups = append(page.Backups, backupLine{
			ID: filepath.Base(b.Path), At: b.At.In(v.brief.location), Reason: v.backupReason(b.Reason), Size: (b.Size + 1023) / 1024,
		})
	}
	return v.show("file_backups", page)
}

func (v *visit) backupReason(why db.Reason) string {
	switch why {
	case db.AfterOpen:
		return v.t("file.backup_open")
	case db.BeforeMerge:
		return v.t("file.backup_merge")
	case db.BeforeImport:
		return v.t("file.backup_import")
	case db.BeforeMigration:
		return v.t("file.backup_migration")
	case db.BeforeRestore:
		return v.t("file.backup_restore")
	case db.Daily:
		return v.t("file.backup_daily")
	}
	return ""
}

func makeBackup(v *visit) error {
	if _, err := v.file().Backup(v.Request().Context(), db.Daily); err != nil {
		return err
	}
	return v.saved(backupsPath, Toast{Text: v.t("file.backup_made")})
}

type restoreForm struct {
	ID string `form:"id" validate:"required"`
}

// restoreBackup goes back to a backup. Only what is in the list can be named, so no path can be smuggled in.
func restoreBackup(v *visit) error {
	var f restoreForm
	if err := v.read(&f); err != nil {
		return err
	}
	list, err := v.file().Backups()
	if err != nil {
		return err
	}
	for _, b := range list {
		if filepath.Base(b.Path) == f.ID {
			if _, err := v.file().Restore(v.Request().Context(), b.Path); err != nil {
				return err
			}
			return v.saved(backupsPath, Toast{Text: v.t("file.restored", v.text.Stamp(b.At.In(v.brief.location)))})
		}
	}
	return process.Missing("file.no_such_backup")
}
