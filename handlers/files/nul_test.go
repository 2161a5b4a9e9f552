package files_test

import (
	"net/http"
	"net/url"
	"testing"

	"milstolpe/db"
	"milstolpe/db/dbtest"
	"milstolpe/handlers/handlerstest"
	"milstolpe/handlers/web"
)

// No file has a name with a zero in it. Whoever sends one is told so, as of any other file that is not there.
func TestAPathThatNoFileCanHaveIsToldApart(t *testing.T) {
	t.Parallel()
	const path = "/tmp/a\x00b.milstolpe"
	open := func(c *web.Config) {
		c.OpenFile = func(path, person string) (*db.File, error) {
			return db.Open(path, dbtest.Options(t, dbtest.As(person, 9)))
		}
	}
	with, without := handlerstest.NewSite(t, open), handlerstest.NewSiteWithoutFile(t, open)
	for _, c := range []struct {
		site   *handlerstest.Site
		action string
		form   url.Values
	}{
		{with, "/file/merge", url.Values{"path": {path}}},
		{with, "/file/open", url.Values{"path": {path}, "person": {"Anna"}}},
		{with, "/file/open", url.Values{"found": {path}, "person": {"Anna"}}},
		{without, "/welcome/open", url.Values{"path": {path}, "person": {"Anna"}}},
		{without, "/welcome/open", url.Values{"path": {"/tmp/a\x00b.milstolpe-server"}, "person": {"Anna"}}},
		{without, "/welcome/new", url.Values{"company": {"Lind"}, "folder": {path}, "person": {"Anna"}, "currency": {"SEK"}, "time_zone": {"Europe/Stockholm"}}},
	} {
		if got := c.site.Post(c.action, c.form); got.StatusCode < 400 || got.StatusCode >= 500 {
			t.Errorf("%s %v is answered %s", c.action, c.form, got.Status)
		} else if handlerstest.Words(got.Page(t), "main") == "" || got.StatusCode == http.StatusForbidden {
			t.Errorf("%s %v: %s, %q", c.action, c.form, got.Status, handlerstest.Words(got.Page(t), "main"))
		}
	}
}
