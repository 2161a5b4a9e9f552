// Package presets holds what a new team starts from: templates of processes and reasons for which deals are lost, in Swedish and English.
//
// Templates lists the processes of templates/*.json; keys of templates and milestones are the same in both languages. LossReasons lists
// the reasons that a form suggests; what is recorded is the text, and LossReasonKey finds the reason again in either language.
//
// To add a template: a JSON file for each language in templates, and its key in TemplateKeys. The tests read every file and hold the
// names of its milestones against package namecheck.
package presets
