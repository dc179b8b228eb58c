// The colours of the areas: light or dark as the system is set. Pictures and paper have the light ones.

import {isDiverging} from "./panels/compare.js"

export const darkPage = matchMedia("(prefers-color-scheme: dark)")

export function paletteOf(models, shown, isDark) {
  return models[`${isDark ? "dark_" : ""}${isDiverging(shown) ? "diverging" : "palette"}`]
}
