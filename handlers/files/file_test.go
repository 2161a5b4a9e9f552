package files_test

import (
	"bytes"
	"encoding/binary"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"milstolpe/db"
	"milstolpe/db/dbtest"
	"milstolpe/handlers/handlerstest"
	"milstolpe/handlers/web"
	"milstolpe/process"
	"milstolpe/process/money"
	"milstolpe/process/sales"
)

// eriksCopy is a copy of the file in which Erik has set another value than Anna has since, and opened a deal of his own.
func eriksCopy(t *testing.T, s *handlerstest.DealSite, name string, more ...process.Fact) string {
	t.Helper()
	if err := s.File.Publish(t.Context()); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "mailed.milstolpe")
	copyOver(t, s.File.Path(), path)
	erik, err := db.Open(path, dbtest.Options(t, dbtest.As("Erik", 2)))
	if err != nil {
		t.Fatal(err)
	}
	worth := money.New(450_001_00, "SEK")
	_, err = erik.Act(t.Context(), func(team *sales.Team) ([]process.Fact, error) {
		d, _ := team.Deal("d1")
		return append([]process.Fact{
			&process.ValueSet{Stamp: process.Stamp{Known: process.DateOf(dbtest.Now), Base: d.Heads()["value"]}, Deal: "d1", Value: &worth},
			dbtest.Opened("d3", "Erik's deal"),
		}, more...), nil
	})
	if err == nil {
		err = erik.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	s.Send(s.Open("/deals/d1/edit", "/deals/d1/edit").With("value", "400 000"))
	to := filepath.Join(filepath.Dir(s.File.Path()), name)
	copyOver(t, path, to)
	return to
}

func copyOver(t *testing.T, from, to string) {
	t.Helper()
	content, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(to, content, 0o600); err != nil {
		t.Fatal(err)
	}
}

// Whatever a sync program calls a second copy, it is found by what is in it.
func TestASecondCopyIsOfferedMergedAndSettled(t *testing.T) {
	t.Parallel()
	for _, name := range []string{
		"Sales-ERIKS-PC.milstolpe", "Sales (Erik's conflicted copy 2026-11-23).milstolpe", "Sales.sync-conflict-20261123-091200-ABCDEFG.milstolpe",
		"Kopia av Sales.milstolpe",
	} {
		t.Run(name, func(t *testing.T) {
			s := handlerstest.NewDealSite(t)
			second := eriksCopy(t, s, name)
			offer := s.Open("/file", "/file/conflict")
			got := s.Send(offer)
			if said := handlerstest.Words(got.Page(t), "#toast span"); !strings.Contains(said, "2 changes from Erik in 2 deals") {
				t.Errorf("the page says %q", said)
			}
			if _, err := os.Stat(second); err == nil {
				t.Error("the second copy still lies there")
			}
			form := s.Open("/file/settle", "/file/settle")
			if _, chosen := form.Values["choice-0"]; chosen {
				t.Error("a value is chosen before anybody chose")
			}
			if got := s.Send(form); got.StatusCode != http.StatusUnprocessableEntity {
				t.Errorf("settling without a choice was answered %s", got.Status)
			}
			annas, _ := s.Get("/file/settle").Page(t).Find(`main input[type="radio"]`).First().Attr("value")
			settled := form.With("choice-0", annas)
			for range 2 { // the second time it is settled already, in another tab
				if got := s.Send(settled); !strings.Contains(handlerstest.Words(got.Page(t), "main"), "Everything agrees") {
					t.Errorf("after settling the page says %q", handlerstest.Words(got.Page(t), "main"))
				}
			}
			s.Deal("d1", func(team *sales.Team, d *sales.Deal) {
				if len(team.Conflicts()) != 0 || len(d.Heads()["value"]) != 1 {
					t.Errorf("%d conflicts are left, the value has %d heads", len(team.Conflicts()), len(d.Heads()["value"]))
				}
			})
		})
	}
}

func TestAMergeIsLookedAtFirstAndCanBeUndone(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewDealSite(t)
	other := eriksCopy(t, s, "other.milstolpe")
	got := s.Send(s.Open("/file/merge", "/file/merge").With("path", other))
	for _, want := range []string{"2 changes from Erik in 2 deals", "Erik's deal", "Kolbotten Sågverk, Moisture meters", "Value"} {
		if text := handlerstest.Words(got.Page(t), "main"); !strings.Contains(text, want) {
			t.Errorf("the preview does not say %q: %s", want, text)
		}
	}
	if _, there := dealIn(s, "d3"); there {
		t.Error("looking has merged")
	}
	page := got.Request.URL.Path
	got = s.Send(s.Open(page, page))
	if _, there := dealIn(s, "d3"); !there || !strings.Contains(handlerstest.Words(got.Page(t), "main"), "Added: 2 changes from Erik") {
		t.Errorf("after merging the page says %q", handlerstest.Words(got.Page(t), "main"))
	}
	s.Send(s.Open(page, page+"/undo"))
	if _, there := dealIn(s, "d3"); there {
		t.Error("the merge was undone, and the deal is still there")
	}
	got = s.Send(s.Open("/file/merge", "/file/merge").With("path", other)) // everything in it is here, set aside
	page = got.Request.URL.Path
	if text := handlerstest.Words(got.Page(t), "main"); !strings.Contains(text, "2 changes from Erik in 2 deals") {
		t.Errorf("merging the file again would bring: %s", text)
	}
	s.Send(s.Open(page, page))
	if _, there := dealIn(s, "d3"); !there {
		t.Error("merged again, the deal is not back")
	}
	s.Send(s.Open(page, page+"/undo"))
	s.Send(s.Open("/file", "/file/aside"))
	if _, there := dealIn(s, "d3"); !there {
		t.Error("brought back on the file's page, the deal is not there")
	}
	got = s.Send(s.Open("/file/merge", "/file/merge").With("path", other))
	if text := handlerstest.Words(got.Page(t), "main"); !strings.Contains(text, "Nothing new") || strings.Contains(text, "Merge now") {
		t.Errorf("a file with nothing new is answered %s", text)
	}
}

func TestTheChangesOfAMergeAddUp(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewDealSite(t)
	named := &process.CustomerNamed{Stamp: process.Stamp{Known: process.DateOf(dbtest.Now)}, Customer: "c9", Name: "Lunda Trä"}
	got := s.Send(s.Open("/file/merge", "/file/merge").With("path", eriksCopy(t, s, "other.milstolpe", named)))
	if text := handlerstest.Words(got.Page(t), "main"); !strings.Contains(text, "3 changes from Erik in 2 deals") || !strings.Contains(text, "Names, customers, contacts and settings1") {
		t.Errorf("the preview says %s", text)
	}
}

// A stick that was pulled out, a share that is away: the page about the file is there all the same, and says so.
func TestThePageOfAFileWhoseFolderIsGoneSaysSo(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewDealSite(t)
	folder := filepath.Dir(s.File.Path())
	if err := os.Rename(folder, folder+"-away"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := os.Rename(folder+"-away", folder); err != nil {
			t.Error(err)
		}
	})
	if err := s.File.Publish(t.Context()); err == nil {
		t.Error("a file was written into a folder that is gone")
	}
	got := s.Get("/file")
	if text := handlerstest.Words(got.Page(t), "main"); got.StatusCode != http.StatusOK || !strings.Contains(text, "its folder is not there. What you record is safe on this computer") {
		t.Errorf("the page is answered %s: %s", got.Status, text)
	}
}

func dealIn(s *handlerstest.DealSite, id process.DealID) (d *sales.Deal, there bool) {
	_ = s.File.View(func(team *sales.Team) error {
		d, there = team.Deal(id)
		return nil
	})
	return d, there
}

func TestABackupIsLookedAtBeforeGoingBackToIt(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewDealSite(t)
	if _, err := s.File.Backup(t.Context(), db.Daily); err != nil {
		t.Fatal(err)
	}
	s.Send(s.Open("/deals/d1/edit", "/deals/d1/edit").With("value", "777 000"))
	href, _ := s.Get("/file/backups").Page(t).Find("main th a").Attr("href")
	if text := handlerstest.Words(s.Get(href).Page(t), "main"); !strings.Contains(text, "1 change from Anna in 1 deal") {
		t.Errorf("the backup's page says %q", text)
	}
	s.Send(s.Open(href, "/file/backups/restore"))
	if d, _ := dealIn(s, "d1"); d.Now.Value.Minor != 450_000_00 {
		t.Errorf("after going back the value is %v", d.Now.Value)
	}
	undo, _ := s.Get("/file/backups").Page(t).Find("main th a").First().Attr("href")
	s.Send(s.Open(undo, "/file/backups/restore"))
	if d, _ := dealIn(s, "d1"); d.Now.Value.Minor != 777_000_00 {
		t.Errorf("after undoing that the value is %v", d.Now.Value)
	}
}

// A damaged file says what can be done, and each of it opens a file that is whole, beside the damaged one or in its place.
func TestADamagedFileIsPutRightFromThePage(t *testing.T) {
	t.Parallel()
	for _, means := range []db.RepairKind{db.FromWorkingCopy, db.FromOtherCopy, db.FromBackup, db.BySalvage} {
		t.Run(string(means), func(t *testing.T) {
			state := t.TempDir()
			path := filepath.Join(t.TempDir(), "Sales.milstolpe")
			made, err := db.New(path, dbtest.Founding(), dbtest.Options(t, dbtest.In(state)))
			if err != nil {
				t.Fatal(err)
			}
			dbtest.Record(t, made, dbtest.Opened("d1", "Cold store"))
			if _, err := made.Backup(t.Context(), db.Daily); err != nil {
				t.Fatal(err)
			}
			if err := made.Close(); err != nil {
				t.Fatal(err)
			}
			if means == db.FromOtherCopy {
				copyOver(t, path, filepath.Join(filepath.Dir(path), "mailed.milstolpe"))
				path = filepath.Join(filepath.Dir(path), "mailed.milstolpe")
			}
			damageEvent(t, path)
			var opened *db.File
			s := &handlerstest.DealSite{Site: handlerstest.NewSiteWithoutFile(t, func(c *web.Config) {
				c.StateDir = state
				c.OpenFile = func(path, person string) (*db.File, error) {
					w, err := db.Open(path, dbtest.Options(t, dbtest.In(state), dbtest.As(person, 7)))
					if err == nil {
						opened = w
					}
					return w, err
				}
			})}
			got := s.Post("/welcome/open", url.Values{"path": {path}, "person": {"Anna"}})
			if got.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(handlerstest.Words(got.Page(t), "main"), "changes in it can be read") {
				t.Fatalf("the damaged file is answered %s: %s", got.Status, handlerstest.Words(got.Page(t), "main"))
			}
			button := got.Page(t).Find(`main form:has(input[name="means"][value="` + string(means) + `"])`)
			action, _ := button.Attr("action")
			target, _ := button.Find(`input[name="path"]`).Attr("value")
			if got := s.Post(action, url.Values{"path": {target}, "person": {"Anna"}, "means": {string(means)}}); got.StatusCode != http.StatusSeeOther {
				t.Fatalf("%s is answered %s: %s", means, got.Status, handlerstest.Words(got.Page(t), "main"))
			}
			if v, err := db.Check(opened.Path(), dbtest.Options(t)); err != nil || v.Damage != nil {
				t.Errorf("what was opened is %+v, %v", v, err)
			}
			if err := opened.Close(); err != nil {
				t.Fatal(err)
			}
		})
	}
}

// damageEvent turns a bit of the last events, which can be done without.
func damageEvent(t *testing.T, path string) {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	const seal = 13 // magic, version, length of the body, checksum: see FORMAT.md
	at := bytes.LastIndex(content, []byte{0xa7, 'M', 'S', 'b'})
	if at < 0 {
		t.Fatal("the file has no block of events")
	}
	length := int(binary.BigEndian.Uint32(content[at+5:]))
	content[at+seal+length*3/4] ^= 0x10
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
}
