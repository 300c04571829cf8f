package report

import _ "embed" // for the published schema

// Schema is the JSON schema of the report that --format json writes, as the repository holds it.
//
//go:embed report.schema.json
var Schema []byte
