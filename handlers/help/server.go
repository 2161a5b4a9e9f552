package help

// serverTopic is the page about servers. It is for whoever runs one, so it has commands; a test runs each of them as it stands here.
const serverTopic = "server"

// ServerCommands are the commands of the page about servers, by the number of the part that they stand under. They are the same in every
// language; db.company.com and the passwords are for the reader to replace.
var ServerCommands = map[int][]string{
	2: {
		`apt install postgresql`,
		`su - postgres`,
		`createdb sales`,
		`milstolpe server sql | psql --set ON_ERROR_STOP=1 sales`,
		`psql sales --command "create role vera login password 'long-and-secret' in role milstolpe_owner"`,
		`psql --command "alter system set listen_addresses = '*'"`,
		`psql --command "alter system set ssl = on"`,
		`echo 'hostssl sales all all scram-sha-256' >> "$(psql --tuples-only --no-align --command 'show hba_file')"`,
		`exit`,
		`systemctl restart postgresql`,
	},
	3: {
		`milstolpe server move --file Sales.milstolpe --to postgres://vera@db.company.com/sales`,
		`milstolpe server status --file postgres://vera@db.company.com/sales`,
	},
	4: {
		`psql sales --command "create role anna login password 'another-long-one' in role milstolpe_user"`,
		`psql sales --command "create role rolf login password 'a-third-one' in role milstolpe_reader"`,
		`psql sales --command "drop role rolf"`,
	},
	5: {
		`pg_dump --format custom --file sales.backup sales`,
		`pg_dumpall --roles-only --file sales-roles.sql`,
	},
	6: {
		`dropdb --if-exists --force sales`,
		`psql --file sales-roles.sql postgres`,
		`createdb sales`,
		`pg_restore --exit-on-error --dbname sales sales.backup`,
	},
}
