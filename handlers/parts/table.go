package parts

// Cell is a text in a table, which may lead to the deals behind it, with a small line.
type Cell struct{ Text, Href, Small string }
