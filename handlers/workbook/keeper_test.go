package workbook_test

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"milstolpe/db/dbtest"
	"milstolpe/handlers/handlerstest"
	"milstolpe/handlers/i18n"
	"milstolpe/handlers/workbook"
	"milstolpe/process"
)

// kept is a file with a live workbook.
type kept struct {
	*handlerstest.DealSite
	keeper workbook.Keeper
	path   string
	text   *i18n.Text
}

func keep(t *testing.T) *kept {
	t.Helper()
	text, err := i18n.TextIn(i18n.English)
	if err != nil {
		t.Fatal(err)
	}
	k := &kept{DealSite: handlerstest.NewDealSite(t), keeper: workbook.Keeper{StateDir: t.TempDir(), Every: 5 * time.Millisecond}, text: text}
	k.path = workbook.Suggest(k.File, text, "")
	if err := k.keeper.Keep(t.Context(), k.File, k.path, false, text, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	return k
}

// at is what stands in a cell of the workbook on the disk.
func (k *kept) at(t *testing.T, where string) string {
	t.Helper()
	data, err := os.ReadFile(k.path)
	if err != nil {
		t.Fatal(err)
	}
	return rawAt(t, read(t, data), where)
}

func (k *kept) renew(t *testing.T) error {
	t.Helper()
	return k.keeper.Renew(t.Context(), k.File, dbtest.Now.Add(time.Hour))
}

// opened opens one more deal.
func opened(id process.DealID, name string) process.Fact {
	early := process.Stamp{Known: process.MustDate("2026-11-12")}
	return &process.DealOpened{Stamp: early, Deal: id, On: early.Known, Process: "p", Version: "v", Name: name, Customer: "c2", Seller: "anna"}
}

func TestACellMeansTheSameAfterARenewal(t *testing.T) {
	t.Parallel()
	k := keep(t)
	early := process.Stamp{Known: process.MustDate("2026-11-12")}
	dbtest.Record(t, k.File, opened("d3", "Third"), &process.DealClosed{Stamp: early, Deal: "d1", Outcome: process.Lost, On: early.Known, Reason: "price"})
	if err := k.renew(t); err != nil {
		t.Fatal(err)
	}
	for where, want := range map[string]string{"Deals!A2": "d1", "Deals!L2": "Lost", "Deals!S2": "", "Deals!A3": "d2", "Deals!A4": "d3", "Deals!B4": "Third", "About!B3": "2026-11-23 11:12"} {
		if got := k.at(t, where); got != want {
			t.Errorf("%s is %q, want %q", where, got, want)
		}
	}
	if wish, ok := k.keeper.Wish(k.File); !ok || wish.Trouble != nil || !wish.Renewed.Equal(dbtest.Now.Add(time.Hour)) {
		t.Errorf("kept is %+v", wish)
	}
}

func TestWhoIsErasedIsGoneAtTheNextRenewal(t *testing.T) {
	t.Parallel()
	k := keep(t)
	if got := k.at(t, "Deals!D2"); got != "Maja Ek" {
		t.Fatalf("the contact is %q", got)
	}
	if _, err := k.File.EraseContact(t.Context(), "maja"); err != nil {
		t.Fatal(err)
	}
	if err := k.renew(t); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenFile(k.path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	for _, name := range f.GetSheetList() {
		if found, err := f.SearchSheet(name, "Maja", true); err != nil || len(found) > 0 {
			t.Errorf("%s still has the name in %v, %v", name, found, err)
		}
	}
}

// What is no live workbook of this team, or was saved by another program, is never written over; nor is anything lost when it cannot be
// renewed, and what went wrong is a sentence.
func TestTroubleIsSaidAndNothingIsWrittenOver(t *testing.T) {
	t.Parallel()
	for what, c := range map[string]struct {
		change func(t *testing.T, path string)
		msg    string
	}{
		"another file": {func(t *testing.T, path string) {
			t.Helper()
			write(t, path, "somebody's budget")
		}, "workbook.not_ours"},
		"another workbook": {func(t *testing.T, path string) {
			t.Helper()
			f := excelize.NewFile()
			defer func() { _ = f.Close() }()
			if err := f.SaveAs(path); err != nil {
				t.Fatal(err)
			}
		}, "workbook.not_ours"},
		"saved in Excel": {func(t *testing.T, path string) {
			t.Helper()
			resave(t, path, func(f *excelize.File) error {
				return f.SetAppProps(&excelize.AppProperties{Application: "Microsoft Excel"})
			})
		}, "workbook.not_ours"},
		"another team's": {func(t *testing.T, path string) {
			t.Helper()
			resave(t, path, func(f *excelize.File) error {
				return f.SetDocProps(&excelize.DocProperties{Identifier: "milstolpe-live-workbook another en"})
			})
		}, "workbook.another_team"},
		"a folder of that name": {func(t *testing.T, path string) {
			t.Helper()
			if err := os.Remove(path); err != nil {
				t.Fatal(err)
			}
			if err := os.MkdirAll(path, 0o700); err != nil {
				t.Fatal(err)
			}
		}, "file.not_regular"},
	} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			k := keep(t)
			c.change(t, k.path)
			before, _ := os.ReadFile(k.path)
			dbtest.Record(t, k.File, opened("d3", "Third"))
			err := k.renew(t)
			wish, _ := k.keeper.Wish(k.File)
			if err == nil || wish.Trouble == nil || wish.Trouble.Msg != c.msg || !strings.Contains(wish.Trouble.Sentence(k.text), k.path) {
				t.Errorf("%v, noted %+v, want %s", err, wish.Trouble, c.msg)
			}
			if after, _ := os.ReadFile(k.path); string(after) != string(before) {
				t.Error("it was written over")
			}
			if err := k.keeper.Keep(t.Context(), k.File, k.path, false, k.text, dbtest.Now); err == nil {
				t.Error("it is written over unasked")
			}
			if c.msg == "file.not_regular" {
				return
			}
			if err := k.keeper.Keep(t.Context(), k.File, k.path, true, k.text, dbtest.Now); err != nil || k.at(t, "Deals!A4") != "d3" {
				t.Errorf("it is not written over when somebody says so: %v", err)
			}
		})
	}
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// resave is what another program does that opens and saves a workbook.
func resave(t *testing.T, path string, change func(*excelize.File) error) {
	t.Helper()
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	if err := change(f); err != nil {
		t.Fatal(err)
	}
	if err := f.Save(); err != nil {
		t.Fatal(err)
	}
}

// Its folder goes away, as a share does, and comes back: it is renewed by itself, once all is published and never before.
func TestItFollowsWhatIsPublished(t *testing.T) {
	t.Parallel()
	k := keep(t)
	away := filepath.Join(t.TempDir(), "share")
	if err := os.Mkdir(away, 0o700); err != nil {
		t.Fatal(err)
	}
	k.path = filepath.Join(away, "Live.xlsx")
	if err := k.keeper.Keep(t.Context(), k.File, k.path, false, k.text, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	var mu sync.Mutex
	var warned []error
	go k.keeper.Follow(k.File, func() time.Time { return dbtest.Now }, func(err error) { mu.Lock(); defer mu.Unlock(); warned = append(warned, err) })
	dbtest.Record(t, k.File, opened("d3", "Third"))
	time.Sleep(50 * time.Millisecond)
	if got := k.at(t, "Deals!A4"); got != "" {
		t.Error("it shows what is not published")
	}
	if err := os.Rename(away, away+"-gone"); err != nil {
		t.Fatal(err)
	}
	if err := k.File.Publish(t.Context()); err != nil {
		t.Fatal(err)
	}
	eventually(t, "trouble is noted", func() bool {
		wish, _ := k.keeper.Wish(k.File)
		return wish.Trouble != nil && wish.Trouble.Msg == "file.no_folder"
	})
	if err := os.Rename(away+"-gone", away); err != nil {
		t.Fatal(err)
	}
	eventually(t, "it is renewed", func() bool { wish, _ := k.keeper.Wish(k.File); return wish.Trouble == nil })
	if got := k.at(t, "Deals!A4"); got != "d3" {
		t.Errorf("the new deal is %q", got)
	}
	mu.Lock()
	defer mu.Unlock()
	if len(warned) == 0 {
		t.Error("the log does not say what went wrong")
	}
}

func eventually(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for range 6000 {
		if holds() {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatalf("not within a minute: %s", what)
}

func TestALanguageIsKept(t *testing.T) {
	t.Parallel()
	k := keep(t)
	swedish, err := i18n.TextIn(i18n.Swedish)
	if err != nil {
		t.Fatal(err)
	}
	if err := (workbook.Keeper{StateDir: t.TempDir()}).Keep(t.Context(), k.File, k.path, false, swedish, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	if got := k.at(t, "Deals!A2"); got != "d1" {
		t.Errorf("a colleague who writes Swedish has renamed the sheets: %q", got)
	}
	for _, wrong := range []string{"Live.xlsx", filepath.Join(t.TempDir(), "Live.csv"), filepath.Join(t.TempDir(), "none", "Live.xlsx"), ""} {
		if err := k.keeper.Keep(t.Context(), k.File, wrong, true, k.text, dbtest.Now); err == nil {
			t.Errorf("%q is taken for a place", wrong)
		}
	}
}
