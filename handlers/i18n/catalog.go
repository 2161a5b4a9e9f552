package i18n

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"sync"
	"time"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"

	"milstolpe/assets"
	"milstolpe/process"
	"milstolpe/process/money"
)

// TextIn is the catalogue of one language, for commands, which have no pages. English stands in for a language that we do not have.
func TextIn(l Lang) (*Text, error) {
	if l != Swedish {
		l = English
	}
	return readText(assets.FS(), l)
}

// Text is the catalogue of one language.
//
// The message files are laid out as those of go-i18n, so that translators' tools read them. Messages are taken apart once, when they are read,
// because a page of deals has several hundred of them.
type Text struct {
	Lang
	Tag      language.Tag
	messages map[string]message
}

// message is a text with its plural forms. Most have only other.
type message struct{ one, other []segment }

// ReadTexts reads the catalogues of every language, each beside the others because a start waits for them, and makes the
// pseudo-language if it is wanted.
func ReadTexts(files fs.FS, pseudo bool) (map[Lang]*Text, error) {
	list, problems := make([]*Text, len(Langs)), make([]error, len(Langs))
	var all sync.WaitGroup
	for i, l := range Langs {
		all.Go(func() { list[i], problems[i] = readText(files, l) })
	}
	all.Wait()
	if err := errors.Join(problems...); err != nil {
		return nil, err
	}
	texts := map[Lang]*Text{}
	for i, l := range Langs {
		texts[l] = list[i]
	}
	if pseudo {
		texts[Pseudo] = lengthen(texts[English])
	}
	return texts, nil
}

func readText(files fs.FS, l Lang) (*Text, error) {
	t := &Text{Lang: l, Tag: language.Make(string(l)), messages: map[string]message{}}
	names, err := fs.Glob(files, "locale/"+string(l)+"/*.json")
	if err != nil {
		return nil, fmt.Errorf("list message files: %w", err)
	}
	for _, name := range names {
		body, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, fmt.Errorf("read message file: %w", err)
		}
		var list map[string]messageJSON
		if err := json.Unmarshal(body, &list); err != nil {
			return nil, fmt.Errorf("read message file %s: %w", name, err)
		}
		for key, m := range list {
			if _, twice := t.messages[key]; twice {
				return nil, fmt.Errorf("read message file %s: %s stands in another file too", name, key)
			}
			if t.messages[key], err = m.compile(); err != nil {
				return nil, fmt.Errorf("read message file %s: %s: %w", name, key, err)
			}
		}
	}
	return t, nil
}

// messageJSON is a message as it is written: a text, or its singular and plural. The forms few, many and so on are for languages that we
// do not have.
type messageJSON struct {
	One   string `json:"one"`
	Other string `json:"other"`
}

// UnmarshalJSON reads both ways of writing a message.
func (m *messageJSON) UnmarshalJSON(data []byte) error {
	if len(data) > 0 && data[0] == '"' {
		return json.Unmarshal(data, &m.Other)
	}
	type forms messageJSON
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	return decoder.Decode((*forms)(m))
}

// compile takes a message apart.
func (m messageJSON) compile() (c message, err error) {
	if c.other, err = segments(m.Other); err != nil {
		return c, err
	}
	if m.One != "" {
		c.one, err = segments(m.One)
	}
	return c, err
}

// Has tells whether there is such a message.
func (t *Text) Has(key string) bool { _, ok := t.messages[key]; return ok }

// T is a message with its values in place. The first whole number among them decides whether it is singular or plural. A key that does
// not exist is its own text, which tests look for.
func (t *Text) T(key string, args ...any) string {
	form, ok := t.form(key, args)
	if !ok {
		return key
	}
	if len(form) == 1 && form[0].arg < 0 {
		return form[0].text
	}
	var b strings.Builder
	b.Grow(64)
	for _, s := range form {
		if s.arg < 0 {
			b.WriteString(s.text)
		} else if s.link == "" {
			b.WriteString(t.value(args, s.arg))
		}
	}
	return b.String()
}

// Error is the sentence of an error for the person.
func (t *Text) Error(e *process.Error) string {
	if e.Msg == "" || !t.Has(e.Msg) {
		return t.T("error.internal")
	}
	return t.T(e.Msg, e.Args...)
}

func (t *Text) form(key string, args []any) ([]segment, bool) {
	m, ok := t.messages[key]
	if !ok {
		return nil, false
	}
	if m.one != nil {
		if n, counted := firstCount(args); counted && plural.Cardinal.MatchPlural(t.Tag, n, 0, 0, 0, 0) == plural.One {
			return m.one, true
		}
	}
	return m.other, true
}

func firstCount(args []any) (int, bool) {
	for _, a := range args {
		switch n := a.(type) {
		case int:
			return n, true
		case int64:
			return int(n), true
		}
	}
	return 0, false
}

// value writes the i-th value as the language does.
func (t *Text) value(args []any, i int) string {
	if i >= len(args) {
		return ""
	}
	switch v := args[i].(type) {
	case string:
		return v
	case int:
		return t.Int(int64(v))
	case int64:
		return t.Int(v)
	case process.Date:
		return t.Day(v)
	case process.Period:
		return t.Period(v)
	case money.Amount:
		return t.Money(v)
	case time.Time:
		return t.Clock(v)
	case Piece:
		return v.Text
	case *process.Error:
		return t.Error(v)
	default:
		return fmt.Sprint(v)
	}
}
