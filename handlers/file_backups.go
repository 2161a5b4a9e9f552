package handlers

import (
	"net/url"
	"path/filepath"
	"time"

	"milstolpe/db"
	"milstolpe/process"
)

const backupsPath = filePath + "/backups"

func backupRoutes(r *routes) {
	r.get(backupsPath, showBackups)
	r.post(backupsPath, makeBackup)
	r.get(backupsPath+"/:id", showBackup)
	r.post(backupsPath+"/restore", restoreBackup)
	r.template("file_backups", backupsPage{})
	r.template("file_backup", backupPage{})
}

// backupsPage lists the backups, latest first. Restoring one makes another of what is there now, so that it can be undone.
type backupsPage struct {
	Page
	Backups []backupLine
}

type backupLine struct {
	ID     string // name of the file, which is all that the form sends
	Href   string // what going back to it would change
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
		page.Backups = append(page.Backups, v.backupLine(b))
	}
	return v.show("file_backups", page)
}

func (v *visit) backupLine(b db.BackupFile) backupLine {
	id := filepath.Base(b.Path)
	return backupLine{
		ID: id, Href: backupsPath + "/" + url.PathEscape(id), At: b.At.In(v.brief.location), Reason: v.backupReason(b.Reason), Size: (b.Size + 1023) / 1024,
	}
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

// backupPage says what going back to a backup would change.
type backupPage struct {
	Page
	backupLine
	Since incomingView
	Deals []mergeDeal
	Again int // changes that would be here again
}

func showBackup(v *visit) error {
	b, err := v.backup(v.Param("id"))
	if err != nil {
		return err
	}
	page := backupPage{Page: v.page(NoSection, v.t("file.backup_title")), backupLine: v.backupLine(b)}
	since, again, err := v.file().PreviewRestore(v.Request().Context(), b.Path)
	if err != nil {
		return err
	}
	page.Since, page.Deals, page.Again = v.incoming(since), v.mergeDeals(&since), again
	return v.show("file_backup", page)
}

// backup finds a backup by its name. Only what is in the list can be named, so no path can be smuggled in.
func (v *visit) backup(id string) (db.BackupFile, error) {
	list, err := v.file().Backups()
	if err != nil {
		return db.BackupFile{}, err
	}
	for _, b := range list {
		if filepath.Base(b.Path) == id {
			return b, nil
		}
	}
	return db.BackupFile{}, process.Missing("file.no_such_backup")
}

type restoreForm struct {
	ID string `form:"id" validate:"required"`
}

// restoreBackup goes back to a backup.
func restoreBackup(v *visit) error {
	var f restoreForm
	if err := v.read(&f); err != nil {
		return err
	}
	b, err := v.backup(f.ID)
	if err != nil {
		return err
	}
	if _, err := v.file().Restore(v.Request().Context(), b.Path); err != nil {
		return err
	}
	return v.saved(backupsPath, Toast{Text: v.t("file.restored", v.text.Stamp(b.At.In(v.brief.location)))})
}
