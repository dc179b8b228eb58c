// Numbers, dates and lists as the readers of a language write them.

export function formats(language) {
  const counts = new Intl.NumberFormat(language, {maximumFractionDigits: 0})
  const fractions = new Intl.NumberFormat(language, {maximumSignificantDigits: 4})
  const plain = new Intl.NumberFormat(language, {maximumSignificantDigits: 10, useGrouping: false})
  const moments = new Intl.DateTimeFormat(language, {dateStyle: "medium", timeStyle: "short"})
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
    either: (texts) => choices.format(texts),
    plural: (value) => places.select(value),
  }
}
