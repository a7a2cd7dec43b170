// Runs the rounds of one workload with a JavaScript client.
// Arguments: client, workload, root URL of the API, ids of records, version of the list.
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const MIXED_OPERATIONS = 2000;
const IN_FLIGHT = 64;
const LIST = "/buckets/blog/collections/articles/records";

const [name, workload, url, idList, timestamp] = process.argv.slice(2);
const ids = idList.split(",");
const require = createRequire(import.meta.url);
const clients = {
  "kinto-client.js": () => require("kinto-client").default,
  "kinto-http.js": () => require("kinto-http").default,
  "kinto.js": () => require("kinto").KintoClient,
};
const Client = clients[name]();
const client = new Client(url, { timeout: 60_000 });
const records = client.bucket("blog").collection("articles");
const articles = Array.from({ length: 10_000 }, (_, number) => ({
  title: `What is to be said of the number ${number}`,
  author: `author-${number % 97}`,
  summary: `A few words, as many as a record of the usual size has, on the number ${number} and its neighbours`,
  tags: ["numbers", `tag-${number % 13}`, `tag-${number % 7}`],
  views: number % 10_000,
  rating: (number % 50) / 10,
  published: number % 3 !== 0,
}));
let next = 0;

const create = () => records.createRecord(articles[next++ % articles.length]);
const get = () => records.getRecord(ids[next++ % ids.length]);

async function mixed() {
  let left = MIXED_OPERATIONS;
  const worker = async () => {
    while (left > 0) {
      await (left-- % 4 === 0 ? create() : get());
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, worker));
  return MIXED_OPERATIONS;
}

async function poll() {
  const response = await client.execute(
    { path: LIST, headers: { "If-None-Match": `"${timestamp}"` } },
    { raw: true },
  );
  if (response.status !== 304) {
    throw new Error(`The list has not changed, but the status is ${response.status}`);
  }
  return 1;
}

async function list(limit) {
  let page = await records.listRecords({ limit });
  let count = page.data.length;
  // the oldest client has no hasNextPage and fails after the last page
  while (page.hasNextPage ?? true) {
    try {
      page = await page.next();
    } catch (failure) {
      if (failure.message === "Pagination exhausted.") {
        break;
      }
      throw failure;
    }
    count += page.data.length;
  }
  return count;
}

async function batch() {
  const responses = await records.batch((batch) => {
    for (const article of articles) {
      batch.createRecord(article);
    }
  });
  return responses.filter((response) => response.status === 201).length;
}

const one = (operation) => async () => {
  await operation();
  return 1;
};
const units = {
  "create": one(create),
  "get": one(get),
  "mixed": mixed,
  "poll": poll,
  "list-1000": () => list(1000),
  "list-10000": () => list(10_000),
  "batch": batch,
  "latency-1000": () => list(1000),
  "parallel-1000": () => list(1000),
  "latency-10000": () => list(10_000),
  "memory": () => list(1000),
};

for await (const line of createInterface({ input: process.stdin })) {
  const seconds = Number(line.split(" ")[1]);
  const cpu = process.cpuUsage();
  const start = process.hrtime.bigint();
  const end = start + BigInt(Math.round(seconds * 1e9));
  let operations = 0;
  do {
    operations += await units[workload]();
  } while (process.hrtime.bigint() < end);
  const nanos = process.hrtime.bigint() - start;
  const used = process.cpuUsage(cpu);
  const resident = process.resourceUsage().maxRSS * 1024;
  console.log(
    `result operations=${operations} nanos=${nanos} cpu=${(used.user + used.system) * 1000} resident=${resident}`,
  );
}
process.exit(0);
