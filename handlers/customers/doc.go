// Package customers has the pages under /customers: the list, and a customer with its deals and people.
//
// customersPage (customers.go) lists customers with what their deals come to; customerPage (customer.go) shows one. The forms on that page
// (forms.go) are a person's details, erasing a person, renaming the customer, and saying that another customer is the same; customerForms
// says which one stands open. Begin at showCustomers and showCustomer. The form for a person is parts.ContactForm, which a deal's page uses
// too; wording.ContactForm fills it in.
//
// Traps: the address of a customer that was merged into another leads on to that one, so look it up with Team.CustomerAs first. Erasing a
// person cannot be undone, so eraseContact shows a toast without a way back.
package customers
