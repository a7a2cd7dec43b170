#!/usr/bin/env bash
# Expected: collection.deleteRecords({limit, pages: Infinity}) deletes all pages. In fact kinto.js 17.1.1
# deletes the first page only: it follows Next-Page with GET, and adds the records that this request lists to
# its result as if they were deleted. The promise is fulfilled, so the caller does not notice the records that
# are left. What to do: repeat deleteRecords without pages until hasNextPage of its result is false, as the
# last lines below do. Source: Kinto's HTTP API reference, page "Paginate" (pagination works on any plural
# endpoint, and ends when a response has no Next-Page).
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

const records = ["a", "b", "c"].map((id, i) => ({ id, last_modified: 3 - i }));
const requests = [];

// A minimal collection: DELETE and GET take _limit, and announce what is left with Next-Page.
const server = http.createServer((request, response) => {
  const url = new URL(request.url, `http://${request.headers.host}`);
  requests.push(request.method);
  const page = records.slice(0, Number(url.searchParams.get("_limit")) || records.length);
  const more = records.length > page.length;
  if (request.method === "DELETE") {
    records.splice(0, page.length);
    page.forEach((record) => (record.deleted = true));
  }
  if (more) {
    response.setHeader("Next-Page", `${url.origin}${url.pathname}?_limit=${page.length}&_token=next`);
  }
  response.setHeader("ETag", '"3"');
  response.setHeader("Content-Type", "application/json");
  response.end(JSON.stringify({ data: page }));
});

server.listen(0, "127.0.0.1", async () => {
  const client = new KintoClient(`http://127.0.0.1:${server.address().port}/v1`);
  const result = await client.bucket("b").collection("c").deleteRecords({ limit: 1, pages: 2 });
  console.log(`requests: ${requests.join(", ")}`);
  console.log(`result:   ${JSON.stringify(result.data)}`);
  console.log(`left on the server: ${records.map((record) => record.id).join(", ")}`);
  const asFound = requests.join() === "DELETE,GET" && records.length === 2 && result.data.length === 2;
  let more;
  do {
    more = (await client.bucket("b").collection("c").deleteRecords({ limit: 1 })).hasNextPage;
  } while (more);
  console.log(`left after repeated calls: ${records.length}`);
  console.log(asFound ? "As found: the second page is listed, not deleted." : "The behaviour has changed.");
  process.exit(asFound ? 0 : 1);
});
EOF

node finding.js
