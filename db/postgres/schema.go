package postgres

import _ "embed"

//go:embed schema.sql
var schema string

// SchemaVersion is the version of the schema that this program knows.
const SchemaVersion = 1

// SQL is what whoever runs the database runs once: schema, roles, and how to make logins.
func SQL() string { return schema }
