/* The meeting's keys. Each key clicks a link that stands on the screen, so that mouse and Tab lead
   to the same places. Screens of the walk are all on the page: going between them needs no server,
   and goes on where the connection is lost. It holds no data and asks nobody for any. */
(() => {
  if (window.childstatRoom) return;
  window.childstatRoom = true;
  const MILLISECONDS_FOR_A_SECOND_DIGIT = 900;
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
    if (event.target.closest?.("input, textarea, select")) return;
    // Pointers for presenting send a full stop to blank the screen.
    const key = event.key === "." ? "b" : event.key;
    if (isBlank() && key.toLowerCase() !== "b") return event.preventDefault();
    const link = /^[0-9]$/.test(key) ? numbered(key) : linkOf(key);
    if (!link) return;
    event.preventDefault();
    event.stopPropagation();
    link.click();
  }, true);

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.(".cs-room [data-key], .cs-room [data-to]");
    if (!link) return;
    if (link.dataset.key === "b") return blank();
    if (!link.dataset.to || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    show(link.dataset.to);
  }, true);
})();
