// The words of the page in the language that it speaks.

export {default as words} from "./words/en.js"
