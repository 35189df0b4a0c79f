/* The meeting's keys. Each key clicks a link that stands on the screen, so that mouse and Tab lead
   to the same places. Screens of the walk are all on the page: going between them needs no server,
   and goes on where the connection is lost. It holds no data and asks nobody for any. */
(() => {
  if (window.childstatRoom) return;
  window.childstatRoom = true;
  const MILLISECONDS_FOR_A_SECOND_DIGIT = 900;
  const MILLISECONDS_TO_ANSWER = 2500;
  let digit = { pressed: "", at: 0 };

  const room = () => document.querySelector(".cs-room");
  const screens = () => [...room().querySelectorAll(".cs-room-screen")];
  const shown = () => screens().find((screen) => !screen.hidden);

  function show(at) {
    for (const screen of screens()) screen.hidden = screen.dataset.at !== at;
    const address = new URL(location.href);
    address.searchParams.set("screen", at);
    // Kept in the address: a reload, or a server that comes back, opens the same screen.
    history.replaceState(history.state, "", address);
    shown()?.focus({ preventScroll: true });
    // On the day of the meeting: how long the room spends on each item (ui/room/item_clock.py).
    document.querySelector(`.st-key-turned-${shown()?.dataset.item} button`)?.click();
  }

  // Streamlit tells a lost connection in a window that makes all beneath it deaf to the mouse: here
  // the foot of the screen tells it (room.css), and the walk goes on.
  const root = document.querySelector("#root");
  const hear = () => room() && root.removeAttribute("inert");
  new MutationObserver(hear).observe(root, { attributeFilter: ["inert"] });

  // The form of an action: whoever pressed A can write at once, and again after each one noted.
  let first = null;
  const turnToTheForm = () => {
    const box = room() && document.querySelector(".st-key-note .stForm input");
    if (box && box !== first) box.focus();
    first = box;
  };
  new MutationObserver(turnToTheForm).observe(root, { childList: true, subtree: true });

  // A server that does not answer would leave the room before an error of the browser's.
  async function isThere() {
    const health = new URL("./_stcore/health", location.href);
    const within = { signal: AbortSignal.timeout(MILLISECONDS_TO_ANSWER) };
    const answer = await fetch(health, within).catch(() => null);
    document.documentElement.classList.toggle("cs-lost", !answer?.ok);
    if (!answer?.ok) setTimeout(isThere, MILLISECONDS_TO_ANSWER);
    return answer?.ok;
  }

  async function open(link) {
    if (await isThere()) location.assign(link.href);
  }

  const isBlank = () => document.documentElement.classList.contains("cs-blank");
  const blank = () => document.documentElement.classList.toggle("cs-blank");

  function linkOf(key) {
    const named = key.length === 1 ? key.toLowerCase() : key;
    return [...(shown()?.querySelectorAll("[data-key]") ?? [])].find((link) =>
      link.dataset.key.split(" ").includes(named),
    );
  }

  function numbered(key) {
    const now = performance.now();
    const isSecond = now - digit.at < MILLISECONDS_FOR_A_SECOND_DIGIT;
    const both = isSecond ? digit.pressed + key : key;
    digit = { pressed: key, at: now };
    const of = (number) => room().querySelector(`[data-number="${number}"]`);
    return of(both) ?? of(key);
  }

  document.addEventListener("keydown", (event) => {
    if (!room() || event.ctrlKey || event.metaKey || event.altKey) return;
    // In a box every key writes but Escape, and a list or calendar that is open has all keys.
    const isOpen = document.querySelector("[role=listbox], [data-testid=stDateInputCalendar]");
    const box = event.target.closest?.("input, textarea, select, .stDateInput");
    if (isOpen || (box && event.key !== "Escape")) return;
    // Pointers for presenting send a full stop to blank the screen.
    const key = event.key === "." ? "b" : event.key;
    if (isBlank() && key.toLowerCase() !== "b") return event.preventDefault();
    const figure = key.toLowerCase() === "l" && shown()?.querySelector(".cs-room-figures td a");
    if (figure) return figure.focus();
    const link = /^[0-9]$/.test(key) ? numbered(key) : linkOf(key);
    if (!link) return;
    event.preventDefault();
    event.stopPropagation();
    link.click();
  }, true);

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.(".cs-room a, .cs-room button");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (link.type === "submit") return;
    if (link.dataset.key === "b") return blank();
    event.preventDefault();
    link.dataset.to ? show(link.dataset.to) : open(link);
  }, true);
})();
