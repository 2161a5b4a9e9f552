package urls

import (
	"net/url"

	"milstolpe/process"
)

// HandOverPath begins the addresses at which the deals of one of us are handed over.
const HandOverPath = "/handover/"

// HandOverHref is where the deals of one of us are handed over to another.
func HandOverHref(id string) string { return HandOverPath + url.PathEscape(id) }

// PersonHref is the address of the page of one of us.
func PersonHref(id string) string { return PersonPath + url.PathEscape(id) }

// HandOverPreviewPath is where a program is told what handing deals over would do.
func HandOverPreviewPath(id string) string { return HandOverHref(id) + "/preview" }

// HandOverPreview is what that answers with, in JSON: the sentences of the page's preview.
type HandOverPreview struct {
	Says    string         `json:"says"`
	IsNew   string         `json:"is_new,omitempty"` // nobody is called that yet
	After   string         `json:"after,omitempty"`
	History string         `json:"history"`
	Deals   []HandOverDeal `json:"deals"`
}

// HandOverDeal is one of the deals that would go.
type HandOverDeal struct {
	ID       process.DealID `json:"id"`
	Title    string         `json:"title"`
	Value    string         `json:"value,omitempty"`
	Activity string         `json:"activity,omitempty"` // what is planned, with its day
}
