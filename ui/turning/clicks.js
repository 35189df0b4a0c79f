/* A click on one of our own links stays within the session: the address is pushed, and Streamlit is
   told as of a step back. Without this script a link is a link, and so it is for whatever the script
   does not know: another page's path, a new tab, a file, a lost connection. */
window.__streamlit = {
  // Streamlit's script would look for its server beneath the page first, where nothing is.
  BACKEND_BASE_URL: new URL("./", location.href).href,
  HOST_CONFIG: { allowedOrigins: [location.origin], useExternalAuthToken: false },
};
(() => {
  const MILLISECONDS_TO_ANSWER = 4000;
  const MILLISECONDS_UNTIL_SEEN = 150;
  const MILLISECONDS_OF_REST = 100;
  const html = document.documentElement;
  // Every page of the register but the room, whose keys are its own (ui/room/room.js).
  const pages = html.dataset.pages.split(" ");

  const app = () => document.querySelector("[data-testid=stApp]");
  const main = () => document.querySelector("[data-testid=stMain]");
  const isConnected = () => app()?.dataset.testConnectionState === "CONNECTED";
  const isRunning = () => app()?.dataset.testScriptState !== "notRunning";
  const place = () => location.pathname + location.search;
  const isOurs = ({ origin, pathname }) =>
    origin === location.origin && pages.includes(pathname.split("/").pop());

  let shown = place();
  let arrival = 0;
  let isArriving = false;
  let resting = null;

  const keep = () => {
    clearTimeout(resting);
    if (!isArriving && main())
      history.replaceState({ ...history.state, childstatTop: main().scrollTop }, "");
  };

  // What is drawn by Streamlit scrolls within the page: a browser does not remember where.
  document.addEventListener("scroll", () => {
    clearTimeout(resting);
    resting = setTimeout(keep, MILLISECONDS_OF_REST);
  }, true);

  function go(address) {
    keep();
    for (const open of document.querySelectorAll("details.cs-picker[open]")) open.open = false;
    history[address.href === location.href ? "replaceState" : "pushState"]({}, "", address);
    const before = drawn();
    window.dispatchEvent(new PopStateEvent("popstate", { state: history.state }));
    arrive(before);
  }

  const drawn = () => [...document.querySelectorAll("[data-server-ms]")];

  function arrive(before, isFirst = false) {
    clearTimeout(resting);
    shown = place();
    isArriving = true;
    const mine = ++arrival;
    const top = history.state?.childstatTop;
    const begun = performance.now();
    let hasRun = isFirst;
    const seen = setTimeout(() => html.classList.add("cs-moving"), MILLISECONDS_UNTIL_SEEN);
    const look = () => {
      if (mine !== arrival) return end();
      hasRun ||= isRunning() || before.some((part) => !part.isConnected);
      if (hasRun && app() && !isRunning() && drawn().length) return end(), settle(top, isFirst);
      // It never came to run: the address is right, so it is opened as any link is.
      if (!isFirst && !hasRun && performance.now() - begun > MILLISECONDS_TO_ANSWER)
        location.reload();
    };
    const watch = new MutationObserver(look);
    const clock = setInterval(look, MILLISECONDS_OF_REST);
    const end = () => {
      watch.disconnect();
      clearInterval(clock);
      clearTimeout(seen);
      html.classList.remove("cs-moving");
    };
    watch.observe(html, { subtree: true, childList: true, attributeFilter: ["data-test-script-state"] });
  }

  function settle(top, isFirst) {
    isArriving = false;
    const named = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!isFirst) {
      hear(named || main().querySelector("h1"));
      main().scrollTop = 0;
    }
    if (top !== undefined) main().scrollTop = top;
    else if (named) named.scrollIntoView();
  }

  function hear(heading) {
    if (heading) {
      if (!heading.hasAttribute("tabindex")) heading.tabIndex = -1;
      heading.focus({ preventScroll: true });
    }
    say(document.title);
  }

  function say(words) {
    let said = document.querySelector("#cs-said");
    if (!said) {
      said = Object.assign(document.createElement("p"), { id: "cs-said", className: "cs-heard" });
      said.setAttribute("role", "status");
      document.body.append(said);
    }
    said.textContent = words;
  }

  function copy(link) {
    navigator.clipboard.writeText(link.href).then(() => {
      say(link.dataset.copy);
      link.textContent = link.dataset.copy;
    });
  }

  // Streamlit's way past the menu leads to the page, whose menu it is: past that as well.
  function skip() {
    const head = main().querySelector(".cs-head");
    const title = main().querySelector(".cs-title h1") || head?.nextElementSibling;
    hear(title || main());
    title?.scrollIntoView();
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (link?.getAttribute("href") === "#stMain" && main()) return event.preventDefault(), skip();
    if (!link || event.defaultPrevented || event.button) return;
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    // A browser gives what is to be copied only to a page of this machine or by HTTPS.
    if (link.dataset.copy && navigator.clipboard) return event.preventDefault(), copy(link);
    if (link.hasAttribute("download") || !["", "_self"].includes(link.target)) return;
    const address = new URL(link.href);
    if (!isOurs(address) || !isOurs(location) || !isConnected()) return;
    const isWithinThePage = address.hash && address.pathname + address.search === place();
    if (isWithinThePage) return;
    event.preventDefault();
    go(address);
  });

  window.addEventListener("popstate", (event) => {
    if (!event.isTrusted || place() === shown) return;
    if (!isConnected()) return location.reload();
    arrive(drawn());
  });

  if (isOurs(location)) arrive([], true);
})();
