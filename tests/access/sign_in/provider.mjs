// A certified OpenID provider for the tests, on loopback: node provider.mjs MODULES PORT SETTINGS
// SETTINGS is JSON: the client, and the accounts by what is typed as login, each with its claims.
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const [modules, port, written] = process.argv.slice(2);
const { client, accounts } = JSON.parse(written);
const found = createRequire(`${modules}/`).resolve("oidc-provider");
const { Provider } = await import(pathToFileURL(found));

const names = [...new Set(Object.values(accounts).flatMap(Object.keys))];
const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [client],
  claims: { openid: ["sub", "sid"], profile: names, email: ["email"] },
  conformIdTokenClaims: false,
  cookies: { keys: ["only for tests"] },
  features: { backchannelLogout: { enabled: true }, devInteractions: { enabled: true } },
  // Its own way of asking refuses addresses of this machine, and the tests' council has no other.
  fetch: (url, { dispatcher, ...options }) => fetch(url, options),
  findAccount: (_, id) =>
    accounts[id] && { accountId: id, claims: () => ({ sub: id, ...accounts[id] }) },
  // Nobody is asked to consent: councils' own applications are allowed for everybody.
  async loadExistingGrant(ctx) {
    const grant = new ctx.oidc.provider.Grant({
      clientId: ctx.oidc.client.clientId,
      accountId: ctx.oidc.session.accountId,
    });
    grant.addOIDCScope("openid profile email");
    await grant.save();
    return grant;
  },
});
provider.listen(Number(port), "127.0.0.1");
