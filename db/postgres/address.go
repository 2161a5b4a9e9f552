package postgres

import (
	"net"
	"net/netip"
	"net/url"
	"os"
	"regexp"
	"strconv"
	"strings"

	"milstolpe/process"
)

// Address says where a dataset lies and as whom one comes. Several hosts are the machines of one replicated cluster.
type Address struct {
	User     string
	Hosts    []string // "db.firma.se", "db.firma.se:5433", or a folder with a Unix socket
	Database string
	Dataset  string // empty where it is not known yet
	// CAFile is the file of a private certificate authority, from sslrootcert. It is read once and is not a part of what String writes.
	CAFile string
	// verify says that the certificate is to be verified even where it need not be.
	verify bool
}

const usualPort = "5432"

var schemes = []string{"postgres://", "postgresql://"}

// IsAddress tells an address from a path.
func IsAddress(text string) bool {
	for _, s := range schemes {
		if len(text) >= len(s) && strings.EqualFold(text[:len(s)], s) {
			return true
		}
	}
	return false
}

// ParseAddress reads an address as a person writes it. A password in it is refused, and everything else that would weaken or change how
// the server is spoken to.
func ParseAddress(text string) (a Address, err error) {
	text = strings.TrimSpace(text)
	if !IsAddress(text) {
		return a, process.Wrong("", "server.bad_address", text)
	}
	rest := text[strings.Index(text, "://")+3:]
	rest, query, _ := strings.Cut(rest, "?")
	hosts, database, _ := strings.Cut(rest, "/")
	if at := strings.LastIndexByte(hosts, '@'); at >= 0 {
		user, _, secret := strings.Cut(hosts[:at], ":")
		if secret {
			return a, process.Wrong("", "server.password_in_address")
		}
		if a.User, err = url.PathUnescape(user); err != nil {
			return a, process.Wrong("", "server.bad_address", text)
		}
		hosts = hosts[at+1:]
	}
	if a.Database, err = url.PathUnescape(database); err != nil {
		return a, process.Wrong("", "server.bad_address", text)
	}
	values, err := url.ParseQuery(query)
	if err != nil {
		return a, process.Wrong("", "server.bad_address", text)
	}
	port := values.Get("port")
	for name, value := range values {
		if err := a.set(name, value[len(value)-1], &hosts); err != nil {
			return a, err
		}
	}
	for _, host := range strings.Split(hosts, ",") {
		h, ok := hostOf(host, port)
		if !ok {
			return a, process.Wrong("", "server.bad_address", text)
		}
		a.Hosts = append(a.Hosts, h)
	}
	if a.Database == "" {
		return a, process.Wrong("", "server.no_database_named", text)
	}
	return a, a.strict()
}

// set takes one parameter of an address.
func (a *Address) set(name, value string, hosts *string) error {
	switch name {
	case "dataset":
		a.Dataset = value
	case "host":
		*hosts = value
	case "user":
		a.User = value
	case "sslrootcert":
		a.CAFile = value
	case "sslmode":
		if value != verifyFull && !loopback(strings.Split(*hosts, ",")) {
			return weak("sslmode=" + value)
		}
		a.verify = value == verifyFull
	case "port", "target_session_attrs", "connect_timeout", "application_name": // said by us, or in another way
	case "password", "sslpassword":
		return process.Wrong("", "server.password_in_address")
	default:
		return process.Wrong("", "server.bad_parameter", name)
	}
	return nil
}

const verifyFull = "verify-full"

func weak(setting string) error { return process.Wrong("", "server.weak_tls", setting) }

// strict refuses a weaker mode from the surroundings. It would not be used, but whoever set it believes that it is.
func (a Address) strict() error {
	mode := os.Getenv("PGSSLMODE")
	if mode != "" && mode != verifyFull && !loopback(a.Hosts) {
		return weak("PGSSLMODE=" + mode)
	}
	return nil
}

var plainHost = regexp.MustCompile(`^[\p{L}\p{N}._-]+$`)

// hostOf reads one host, with the port where it is not the usual one.
func hostOf(text, port string) (string, bool) {
	host, err := url.PathUnescape(text)
	if err != nil || host == "" {
		return "", false
	}
	if isSocket(host) {
		if port != "" && port != usualPort {
			host += ":" + port
		}
		return host, true
	}
	name, own := host, ""
	if h, p, err := net.SplitHostPort(host); err == nil {
		name, own = h, p
	}
	name = strings.ToLower(strings.Trim(name, "[]"))
	if own == "" {
		own = port
	}
	if own == "" {
		own = usualPort
	}
	if n, err := strconv.ParseUint(own, 10, 16); err != nil || n == 0 {
		return "", false
	}
	if _, err := netip.ParseAddr(name); err != nil && !plainHost.MatchString(name) {
		return "", false
	}
	if own == usualPort {
		if strings.Contains(name, ":") {
			return "[" + name + "]", true
		}
		return name, true
	}
	return net.JoinHostPort(name, own), true
}

func isSocket(host string) bool { return strings.HasPrefix(host, "/") || strings.HasPrefix(host, "@") }

// split takes a host apart into what is dialled.
func split(host string) (name, port string) {
	if isSocket(host) {
		if at := strings.LastIndexByte(host, ':'); at > 0 {
			return host[:at], host[at+1:]
		}
		return host, usualPort
	}
	if h, p, err := net.SplitHostPort(host); err == nil {
		return h, p
	}
	return strings.Trim(host, "[]"), usualPort
}

// loopback tells whether all hosts are this computer, where nobody listens in.
func loopback(hosts []string) bool {
	for _, h := range hosts {
		name, _ := split(h)
		ip, err := netip.ParseAddr(name)
		if !isSocket(name) && name != "localhost" && (err != nil || !ip.IsLoopback()) {
			return false
		}
	}
	return len(hosts) > 0
}

// String is the address in the one way in which we write it, so that the same place has the same address.
func (a Address) String() string { return a.text(a.User) }

// Place is where the dataset lies, whoever comes.
func (a Address) Place() string { return a.text("") }

func (a Address) text(user string) string {
	var b strings.Builder
	b.WriteString(schemes[0])
	if user != "" {
		b.WriteString(escape(user) + "@")
	}
	for i, h := range a.Hosts {
		if i > 0 {
			b.WriteByte(',')
		}
		if isSocket(h) {
			name, port := split(h)
			b.WriteString(escape(name))
			if port != usualPort {
				b.WriteString(":" + port)
			}
			continue
		}
		b.WriteString(h)
	}
	b.WriteString("/" + escape(a.Database))
	separator := "?"
	if a.verify && loopback(a.Hosts) {
		b.WriteString("?sslmode=" + verifyFull)
		separator = "&"
	}
	if a.Dataset != "" {
		b.WriteString(separator + "dataset=" + url.QueryEscape(a.Dataset))
	}
	return b.String()
}

// escape writes a part of an address so that nothing in it can be taken for what stands between the parts.
func escape(part string) string { return strings.ReplaceAll(url.QueryEscape(part), "+", "%20") }

// Name is what a person calls the place: the database, and the machine that it lies on.
func (a Address) Name() string {
	host, _ := split(a.Hosts[0])
	return a.Database + " (" + host + ")"
}

// Complete puts in who comes, where the address does not say it, from PGUSER.
func (a Address) Complete() (Address, error) {
	if a.User == "" {
		a.User = os.Getenv("PGUSER")
	}
	if a.User == "" {
		return a, process.Wrong("", "server.no_user", a.String())
	}
	return a, nil
}
