// Numbers, dates and lists as the readers of a language write them.

// The year or the month that two days are the first and the last of, written 2015 or 2015-05; null where they are not.
export function seasonOf(low, high) {
  const [, year, month] = /^(\d{4})-(\d\d)-01$/.exec(low) ?? []
  if (year == null || high == null) {
    return null
  }
  const day = new Date(0)
  day.setUTCFullYear(Number(year), Number(month), 0)
  return high === day.toISOString().slice(0, 10) ? `${year}-${month}`
    : month === "01" && high === `${year}-12-31` ? year : null
}

export function formats(language) {
  const counts = new Intl.NumberFormat(language, {maximumFractionDigits: 0})
  const fractions = new Intl.NumberFormat(language, {maximumSignificantDigits: 4})
  const plain = new Intl.NumberFormat(language, {maximumSignificantDigits: 10, useGrouping: false})
  const moments = new Intl.DateTimeFormat(language, {dateStyle: "medium", timeStyle: "short"})
  const months = new Intl.DateTimeFormat(language, {month: "short", timeZone: "UTC"})
  const monthsOfYears = new Intl.DateTimeFormat(language, {month: "long", year: "numeric", timeZone: "UTC"})
  const days = new Intl.DateTimeFormat(language, {dateStyle: "long"})
  const lists = new Intl.ListFormat(language, {type: "conjunction"})
  const choices = new Intl.ListFormat(language, {type: "disjunction"})
  const places = new Intl.PluralRules(language, {type: "ordinal"})
  const number = (value) => Math.abs(value) >= 1000 || Number.isInteger(value)
    ? counts.format(value) : fractions.format(value)
  return {
    // A number of records or areas.
    count: (value) => counts.format(value),
    // A measured value, with four figures.
    number,
    // A value between others in a table, a number without marks between its thousands.
    cell: (value) => typeof value === "number" ? plain.format(value) : value ?? "",
    // An end of a bin: a number, or a day as an address writes it.
    bound: (value) => typeof value === "number" ? plain.format(value) : value,
    share: (value) => fractions.format(Number((value * 100).toPrecision(3))),
    // A moment, in the visitor's own time.
    moment: (iso) => moments.format(new Date(iso)),
    // A month, written 2015-05: without and with its year.
    monthName: (month) => months.format(new Date(`${month}-01`)),
    monthOfYear: (month) => monthsOfYears.format(new Date(`${month}-01`)),
    day: (iso) => days.format(new Date(iso)),
    all: (texts) => lists.format(texts),
    either: (texts) => choices.format(texts),
    plural: (value) => places.select(value),
  }
}
