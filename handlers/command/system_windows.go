package command

import "golang.org/x/sys/windows"

// computerLocale is the person's language where the environment does not tell.
func computerLocale() string {
	names, err := windows.GetUserPreferredUILanguages(windows.MUI_LANGUAGE_NAME)
	if err != nil || len(names) == 0 {
		return ""
	}
	return names[0]
}

// systemDocuments is where the system itself knows the documents to be, which may be a folder of OneDrive.
func systemDocuments() string {
	dir, err := windows.KnownFolderPath(windows.FOLDERID_Documents, 0)
	if err != nil {
		return ""
	}
	return dir
}
