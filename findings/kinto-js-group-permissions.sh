#!/usr/bin/env bash
# Expected: addPermissions and removePermissions of kinto.js take every principal, such as the URI of a group.
# In fact kinto.js 17.1.1 puts the principal into the path of a JSON Patch as it is. The slashes of
# /buckets/b/groups/g then separate five more levels of the document, so the path names no list of principals,
# and groups cannot be granted or revoked in this way. What to do: escape the principal before the call
# (replace "~" by "~0", then "/" by "~1"), or read the permissions and write them with setPermissions and
# last_modified. Source: RFC 6901 section 3 and 4 (in a JSON Pointer, "/" within a name is written as "~1"),
# RFC 6902 section 4, and Kinto's HTTP API on groups, whose principals are URIs such as /buckets/b/groups/g.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"

npm install --prefix "$work" --no-audit --no-fund --no-save kinto@17.1.1 >npm.log 2>&1 || {
  cat npm.log >&2
  exit 2
}
echo "Versions: kinto.js $(node -p 'require("./node_modules/kinto/package.json").version'), Node.js $(node --version)"

cat > finding.js <<'EOF'
const http = require("http");
const { KintoClient } = require("kinto");

const principal = "/buckets/b/groups/g";
const patches = [];
const server = http.createServer(async (request, response) => {
  let body = "";
  for await (const chunk of request) {
    body += chunk;
  }
  patches.push(...JSON.parse(body));
  response.setHeader("Content-Type", "application/json");
  response.end(JSON.stringify({ data: {}, permissions: {} }));
});

// RFC 6901 section 4: split at "/", then read "~1" as "/" and "~0" as "~".
const names = (pointer) =>
  pointer.split("/").slice(1).map((name) => name.replace(/~1/g, "/").replace(/~0/g, "~"));

server.listen(0, "127.0.0.1", async () => {
  const client = new KintoClient(`http://127.0.0.1:${server.address().port}/v1`);
  const collection = client.bucket("b").collection("c");
  await collection.addPermissions({ write: [principal] });
  await collection.removePermissions({ write: [principal] });
  await collection.addPermissions({ write: [principal.replace(/~/g, "~0").replace(/\//g, "~1")] });
  patches.forEach(({ op, path }) => console.log(`${op} ${path} -> ${JSON.stringify(names(path))}`));
  const asFound =
    patches.slice(0, 2).every(({ path }) => names(path).length === 7) &&
    JSON.stringify(names(patches[2].path)) === JSON.stringify(["permissions", "write", principal]);
  console.log(asFound ? "As found: the principal is not escaped." : "The behaviour has changed.");
  process.exit(asFound ? 0 : 1);
});
EOF

node finding.js
