package presets

import "milstolpe/process"

// usualRoles are those that most teams look for at a buyer.
var usualRoles = []struct {
	key    process.RoleID
	sv, en string
}{
	{process.Decides, "Beslutar", "Decides"},
	{process.Money, "Håller i pengarna", "Holds the money"},
	{process.Uses, "Ska använda det", "Will use it"},
	{process.Examines, "Granskar det", "Examines it"},
}

// Roles are the usual roles at a buyer in a language ("sv" or "en"; English for any other).
func Roles(lang string) []process.Role {
	list := make([]process.Role, len(usualRoles))
	for i, r := range usualRoles {
		list[i] = process.Role{Key: r.key, Name: r.en}
		if lang == "sv" {
			list[i].Name = r.sv
		}
	}
	return list
}
