// Plays through the years or months of a facet: each is chosen when the one before has been seen for a while.

const PACE = 800  // milliseconds that an answer stays
const calm = matchMedia("(prefers-reduced-motion: reduce)")

// `ask` is called with an action and the change that it belongs to: playing is one. `changed` is called when it has
// begun or ended.
export function startPlay(ask, changed) {
  let playing = null  // the facet, the change, whether its answer is awaited

  const stop = () => {
    if (playing != null) {
      clearTimeout(playing.timer)
      playing = null
      changed()
    }
  }

  const step = (action) => {
    playing.isAwaited = true
    ask({on: playing.on, ...action}, playing.change)
  }

  const isAtEnd = ({view}) => view.choices[playing.on] != null && view.choices[playing.on].steps[1] == null

  calm.addEventListener("change", () => {
    stop()
    changed()
  })
  return {
    stop,
    isAllowed: () => !calm.matches,
    facet: () => playing?.on ?? null,
    owns: (change) => playing != null && playing.change === change,
    // Begin, or pause. At the end it begins anew.
    toggle: (on, shown, first) => {
      if (playing != null) {
        stop()
        return
      }
      playing = {on, change: {}}
      step(isAtEnd(shown) ? {do: "between", value: first} : {do: "step season", value: "1"})
      changed()
    },
    // Go on once the answer is shown.
    goOn: (shown) => {
      if (!playing?.isAwaited) {
        return
      }
      playing.isAwaited = false
      if (isAtEnd(shown)) {
        stop()
      } else {
        playing.timer = setTimeout(() => step({do: "step season", value: "1"}), PACE)
      }
    },
  }
}
