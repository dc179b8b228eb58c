// What stands in place of a dashboard that cannot be shown, or not yet.

import {h} from "../render.js"
import {words} from "../words.js"

export function card({ready, errors, progress}) {
  if (ready) {
    return [h("h1", null, words.haveBeenRead), h("p", null, words.loadAgain)]
  }
  if (errors.length > 0) {
    return [h("h1", null, words.cannotBeShown), errors.map((sentence) => h("p", null, sentence)),
      h("p", {class: "note"}, words.onceMended)]
  }
  return [h("h1", null, words.reading), h("p", null, `${progress} …`), h("p", {class: "note"}, words.comesByItself)]
}
