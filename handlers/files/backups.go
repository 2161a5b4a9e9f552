package files

import (
	"net/url"
	"path/filepath"
	"time"

	"milstolpe/db"
	"milstolpe/handlers/urls"
	"milstolpe/handlers/web"
	"milstolpe/process"
)

const backupsPath = urls.FilePath + "/backups"

func backupRoutes(r *web.Router) {
	r.Get(backupsPath, showBackups)
	r.Post(backupsPath, makeBackup)
	r.Get(backupsPath+"/:id", showBackup)
	r.Post(backupsPath+"/restore", restoreBackup)
	r.Template("file_backups", backupsPage{})
	r.Template("file_backup", backupPage{})
}

// backupsPage lists the backups, latest first. Restoring one makes another of what is there now, so that it can be undone.
type backupsPage struct {
	web.Page
	Seen    string // all that is recorded as the page was shown
	Backups []backupLine
}

type backupLine struct {
	ID     string // name of the file, which is all that the form sends
	Href   string // what going back to it would change
	At     time.Time
	Reason string
	Size   int64
}

func showBackups(v *web.Request) error {
	page := backupsPage{Page: v.Page(urls.NoSection, v.T("file.backups_title")), Seen: v.OpenedFile().StateHash().String()}
	list, err := v.OpenedFile().Backups()
	if err != nil {
		return err
	}
	for _, b := range list {
		page.Backups = append(page.Backups, newBackupLine(v, b))
	}
	return v.Render("file_backups", page)
}

func newBackupLine(v *web.Request, b db.BackupFile) backupLine {
	id := filepath.Base(b.Path)
	return backupLine{
		ID: id, Href: backupsPath + "/" + url.PathEscape(id), At: b.At.In(v.FileInfo.Location), Reason: backupReason(v, b.Reason), Size: (b.Size + 1023) / 1024,
	}
}

func backupReason(v *web.Request, why db.Reason) string {
	switch why {
	case db.AfterOpen:
		return v.T("file.backup_open")
	case db.BeforeMerge:
		return v.T("file.backup_merge")
	case db.BeforeImport:
		return v.T("file.backup_import")
	case db.BeforeMigration:
		return v.T("file.backup_migration")
	case db.BeforeRestore:
		return v.T("file.backup_restore")
	case db.Daily:
		return v.T("file.backup_daily")
	}
	return ""
}

func makeBackup(v *web.Request) error {
	if _, err := v.OpenedFile().Backup(v.Request().Context(), db.Daily); err != nil {
		return err
	}
	return v.DoneWith(backupsPath, web.Flash{Text: v.T("file.backup_made")})
}

// backupPage says what going back to a backup would change.
type backupPage struct {
	web.Page
	backupLine
	Since incomingView
	Deals []mergeDeal
	Again int // changes that would be here again
	Seen  string
	Stale bool // something has come in since the page before was shown
}

func showBackup(v *web.Request) error {
	b, err := backup(v, v.Param("id"))
	if err != nil {
		return err
	}
	page := backupPage{Page: v.Page(urls.NoSection, v.T("file.backup_title")), backupLine: newBackupLine(v, b), Seen: v.OpenedFile().StateHash().String(), Stale: v.QueryParam("changed") != ""}
	since, again, err := v.OpenedFile().PreviewRestore(v.Request().Context(), b.Path)
	if err != nil {
		return err
	}
	page.Since, page.Deals, page.Again = incoming(v, since), mergeDeals(v, &since), again
	return v.Render("file_backup", page)
}

// backup finds a backup by its name. Only what is in the list can be named, so no path can be smuggled in.
func backup(v *web.Request, id string) (db.BackupFile, error) {
	list, err := v.OpenedFile().Backups()
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
	ID   string `form:"id" validate:"required"`
	Seen string `form:"seen"`
}

// restoreBackup goes back to a backup. Where something has been recorded since the page was shown, it is shown first what goes with it.
func restoreBackup(v *web.Request) error {
	var f restoreForm
	if err := v.Read(&f); err != nil {
		return err
	}
	b, err := backup(v, f.ID)
	if err != nil {
		return err
	}
	if f.Seen != v.OpenedFile().StateHash().String() {
		return v.RedirectTo(newBackupLine(v, b).Href + "?changed=1")
	}
	if _, err := v.OpenedFile().Restore(v.Request().Context(), b.Path); err != nil {
		return err
	}
	return v.DoneWith(backupsPath, web.Flash{Text: v.T("file.restored", v.Text.Stamp(b.At.In(v.FileInfo.Location)))})
}
