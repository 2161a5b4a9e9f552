// Package formattest proves that FORMAT.md is enough to read a shared file by.
//
// Its test reads a file of each version with a reader that was written from that page alone, with the standard library and nothing of this
// project: no bbolt, no package db, no package process. It finds the blocks, and in a file of version 1 the pages and the buckets, by
// their documented layout, checks each checksum, decodes each payload, and compares what it finds with what the program itself says it wrote.
//
// When FORMAT.md and the code part ways, this is the test that fails. Whoever writes a reader in another language can begin with it.
package formattest
