// An OpenID provider as others run one: `node provider.js <port> <redirect URI> <file of accounts>`.
import { readFileSync } from "node:fs";
import Provider from "oidc-provider";

const [port, redirectUri, accounts] = process.argv.slice(2);

const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [
    { client_id: "taskora", client_secret: "between the two", redirect_uris: [redirectUri] },
    { client_id: "another", client_secret: "between two others", redirect_uris: [redirectUri] },
  ],
  claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
  pkce: { required: () => true },
  findAccount: (_, id) => {
    const claims = JSON.parse(readFileSync(accounts, "utf8"))[id];
    return claims && { accountId: id, claims: () => ({ sub: id, ...claims }) };
  },
});

provider.listen(Number(port), "127.0.0.1", () => console.log("listens"));
