package command

import (
	"io"

	"milstolpe/db"
	"milstolpe/handlers/report"
	"milstolpe/process/sales"
)

func dealsJSON(_ *Program, w *db.Working, e *Export, out io.Writer) error {
	return w.View(func(t *sales.Team) error {
		ids, err := e.processes(t)
		if err != nil {
			return err
		}
		return report.WriteJSON(out, report.AllDeals(t, ids))
	})
}
