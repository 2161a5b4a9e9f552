package handlers

import (
	"milstolpe/handlers/activity"
	"milstolpe/handlers/calendar"
	"milstolpe/handlers/contacts"
	"milstolpe/handlers/customers"
	"milstolpe/handlers/deallist"
	"milstolpe/handlers/deals"
	"milstolpe/handlers/exports"
	"milstolpe/handlers/files"
	"milstolpe/handlers/forecasts"
	"milstolpe/handlers/handover"
	"milstolpe/handlers/help"
	"milstolpe/handlers/home"
	"milstolpe/handlers/imports"
	"milstolpe/handlers/keys"
	"milstolpe/handlers/mails"
	"milstolpe/handlers/outcomes"
	"milstolpe/handlers/plans"
	"milstolpe/handlers/processes"
	"milstolpe/handlers/search"
	"milstolpe/handlers/settings"
	"milstolpe/handlers/web"
)

// screens are all pages, in the order of the navigation. The Routes of each package lists its addresses and templates.
var screens = []func(*web.Router){
	web.Routes,
	home.Routes,
	deallist.Routes,
	deals.Routes,
	search.Routes,
	calendar.Routes,
	plans.Routes,
	mails.Routes,
	customers.Routes,
	contacts.Routes,
	processes.Routes,
	forecasts.Routes,
	outcomes.Routes,
	handover.Routes,
	imports.Routes,
	exports.Routes,
	files.Routes,
	activity.Routes,
	settings.Routes,
	keys.Routes,
	help.Routes,
}

// New makes a server with all screens. It does not listen yet.
func New(config web.Config) (*web.Server, error) { return web.NewServer(config, screens) }
