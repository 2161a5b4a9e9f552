// Package money holds amounts as whole minor units of a currency, so that öre add up.
//
// Amount is the only thing to reach for: Parse makes one from what a person or a file says, New and FromMajor make one from numbers,
// Decimal writes it as Parse reads it. How an amount looks on a page, with its blanks and its sign, is for the pages.
//
// Two traps. An Amount never holds a fraction of a minor unit: where the forecasting model multiplies by a chance it works with floats
// on its own and rounds once, at the end. And amounts of different currencies are never added: conversion needs a rate and a day, and
// both are the team's (process.Team). Not every currency has hundredths; ask Digits.
package money
