package mails_test

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"milstolpe/handlers/handlerstest"
	"milstolpe/process"
	"milstolpe/process/sales"
)

const aMail = "From: Maja Ek <maja@kolbotten.example>\r\nDate: Fri, 20 Nov 2026 09:14:00 +0100\r\nSubject: Owner\r\n\r\nHello Anna,\r\n\r\nI own this from now on.\r\nSecret: our margin is thin.\r\n\r\nMaja"

// upload sends a file as a browser does.
func upload(t *testing.T, s *handlerstest.DealSite, name, content string) handlerstest.Answer {
	t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	if name != "" {
		part, err := w.CreateFormFile("mail", name)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = part.Write([]byte(content))
	}
	_ = w.Close()
	r := s.Request(http.MethodPost, "/mails/d1", map[string][]string{})
	r.Body, r.ContentLength = http.NoBody, 0
	again, err := http.NewRequestWithContext(t.Context(), http.MethodPost, r.URL.String(), &body)
	if err != nil {
		t.Fatal(err)
	}
	again.Header = r.Header
	again.Header.Set("Content-Type", w.FormDataContentType())
	return s.Do(again)
}

func TestAMailBecomesEvidence(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewDealSite(t)
	got := upload(t, s, "a.eml", aMail)
	page := got.Page(t)
	if got.StatusCode != http.StatusOK || page.Find("#f-milestone option[selected]").AttrOr("value", "") != "owned" || page.Find("#f-who").AttrOr("value", "") != "Maja Ek" || page.Find("#f-on").AttrOr("value", "") != "2026-11-20" {
		t.Fatalf("the mail is read as %s: %s", got.Status, handlerstest.Words(page, "main"))
	}
	form := s.FormIn(page.Selection, "/mails/d1", "/mails/d1/save")
	refused := s.Send(form)
	if doc := refused.Page(t); refused.StatusCode != http.StatusUnprocessableEntity || doc.Find("#f-excerpt-fault").Length() != 1 || !strings.Contains(doc.Find("#mail-text").Text(), "I own this") {
		t.Errorf("without an excerpt: %s", refused.Status)
	}
	saved := s.Send(form.With("excerpt", "I own this from now on."))
	if saved.StatusCode != http.StatusOK {
		t.Fatalf("saving is answered %s", saved.Status)
	}
	s.Deal("d1", func(team *sales.Team, d *sales.Deal) {
		mark, _ := d.MarkOn("owned", process.FarFuture)
		if mark.Evidence.Text != "Mail 20 Nov 2026, “Owner”\nI own this from now on." || mark.Contact != "maja" || mark.On != process.MustDate("2026-11-20") {
			t.Errorf("recorded %+v", mark)
		}
		if c, _ := team.Contact("maja"); c.Email != "maja@kolbotten.example" || c.Role != "buyer" {
			t.Errorf("the contact is %+v", c)
		}
	})
	if err := filepath.WalkDir(filepath.Dir(s.File.Path()), func(path string, e os.DirEntry, err error) error {
		if body, _ := os.ReadFile(path); bytes.Contains(body, []byte("margin")) {
			t.Errorf("%s keeps the rest of the mail", path)
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	s.Undo(saved, "/deals/d1")
	s.Deal("d1", func(_ *sales.Team, d *sales.Deal) {
		if _, there := d.MarkOn("owned", process.FarFuture); there {
			t.Error("the milestone stands after undoing")
		}
	})
}

func TestMailsThatDoNotFit(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewDealSite(t)
	for name, file := range map[string][2]string{"none": {"", ""}, "a picture": {"a.eml", "\x89PNG"}, "no text": {"a.msg", "From: a@b.c\r\n\r\n"}} {
		if got := upload(t, s, file[0], file[1]); got.StatusCode != http.StatusUnprocessableEntity || got.Page(t).Find("#f-mail-fault").Length() != 1 {
			t.Errorf("%s is answered %s", name, got.Status)
		}
	}
	stranger := strings.Replace(aMail, "Maja Ek <maja@kolbotten.example>", "Olof <olof@x.example>", 1)
	page := upload(t, s, "a.eml", strings.Replace(stranger, "2026", "2036", 1)).Page(t)
	if page.Find("#f-on").AttrOr("value", "") != "2026-11-23" || page.Find("#f-who").AttrOr("value", "") != "Olof" || page.Find("#f-email").AttrOr("value", "") != "olof@x.example" {
		t.Errorf("a day to come, from a stranger: %s", handlerstest.Words(page, "form"))
	}
	got := s.Send(s.FormIn(page.Selection, "/mails/d1", "/mails/d1/save").With("milestone", "", "excerpt", "Hello"))
	if got.StatusCode != http.StatusOK {
		t.Fatalf("into the journal: %s", got.Status)
	}
	s.Deal("d1", func(team *sales.Team, d *sales.Deal) {
		if j := d.Journal(); len(j) != 1 || j[0].Value.Text != "Mail, “Owner”\nHello" || len(team.ContactsOf("c1")) != 2 {
			t.Errorf("the journal is %+v", j)
		}
	})
}

func TestAMailIsDroppedInABrowser(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewDealSite(t)
	b := handlerstest.NewBrowser(t, s.Site)
	b.Open("/deals/d1")
	b.Do(chromedp.Evaluate[chromedp.Void](`(() => {
		const data = new DataTransfer();
		data.items.add(new File([` + "`" + strings.ReplaceAll(aMail, "\r\n", "\\r\\n") + "`" + `], "a.eml"));
		document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
	})()`))
	b.Await(`location.pathname === "/mails/d1" && document.querySelector("#mail-text").value.includes("I own this")`)
	b.Await(`!document.querySelector("[data-excerpt]").hidden`)
	b.Do(chromedp.Evaluate[chromedp.Void](`(() => { const t = document.querySelector("#mail-text"); const at = t.value.indexOf("I own this"); t.setSelectionRange(at, at + 23) })()`))
	b.Do(chromedp.Click(chromedp.CSS("[data-excerpt]")))
	b.Await(`document.querySelector("#f-excerpt").value === "I own this from now on."`)
	b.Do(chromedp.Click(chromedp.CSS(`form.page-form button:not([type=button])`)))
	b.Await(`location.pathname === "/deals/d1" && document.querySelector("#m-owned").textContent.includes("I own this")`)
}
