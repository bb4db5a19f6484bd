// Reads what the .NET client wrote and writes what it will read. Argument: connection string.
import assert from "node:assert/strict";
import { odata, TableClient, TableServiceClient, TableTransaction } from "@azure/data-tables";

const [connectionString] = process.argv.slice(2);
const options = { allowInsecureConnection: true, retryOptions: { maxRetries: 0 } };
const table = TableClient.fromConnectionString(connectionString, "cases", options);
const service = TableServiceClient.fromConnectionString(connectionString, options);

async function all(pages) {
  const items = [];
  for await (const item of pages) {
    items.push(item);
  }
  return items;
}

async function refused(statusCode, code, action) {
  await assert.rejects(action, (error) => {
    assert.deepEqual([error.statusCode, error.code ?? error.details?.odataError?.code], [statusCode, code]);
    return true;
  });
}

const steps = {
  async readsEveryType() {
    const read = await table.getEntity("net", "it's 城 100% a+b");
    assert.equal(read.Text, "城市 'x' \"y\" 😀");
    assert.equal(read.Flag, true);
    assert.equal(read.Int, -2147483648);
    assert.equal(read.Long, 9223372036854775807n);
    assert.equal(read.Double, 3);
    assert.equal(read.Time.toISOString(), "2026-03-05T08:30:15.123Z");
    assert.deepEqual(read.Guid, { type: "Guid", value: "c9da6455-213d-42c9-9a79-3e9149a57833" });
    assert.deepEqual([...read.Bytes], [0, 1, 255]);
    const typed = await table.getEntity("net", "it's 城 100% a+b", { disableTypeConversion: true });
    assert.equal(typed.Long.value, "9223372036854775807");
  },

  async writesEveryType() {
    await table.createEntity({
      partitionKey: "js", rowKey: "it's 城 100% a+b", Text: "城市 'x' \"y\" 😀", Flag: true, Int: -7, Long: 9007199254740993n,
      Double: { type: "Double", value: "3" }, Infinite: { type: "Double", value: "Infinity" }, Fraction: 0.5, Time: new Date("2026-03-05T08:30:15.123Z"),
      Guid: { type: "Guid", value: "c9da6455-213d-42c9-9a79-3e9149a57833" }, Bytes: new Uint8Array([0, 1, 255]), Nothing: null,
    });
    await refused(409, "EntityAlreadyExists", () => table.createEntity({ partitionKey: "js", rowKey: "it's 城 100% a+b" }));
  },

  async heedsEtags() {
    const { etag } = await table.upsertEntity({ partitionKey: "etags", rowKey: "1", N: 1 }, "Replace");
    await table.updateEntity({ partitionKey: "etags", rowKey: "1", M: 2 }, "Merge", { etag });
    await refused(412, "UpdateConditionNotSatisfied", () => table.updateEntity({ partitionKey: "etags", rowKey: "1", N: 3 }, "Replace", { etag }));
    await refused(412, "UpdateConditionNotSatisfied", () => table.deleteEntity("etags", "1", { etag }));
    const read = await table.getEntity("etags", "1");
    assert.deepEqual([read.N, read.M], [1, 2]);
    assert.notEqual(read.etag, etag);
    await table.deleteEntity("etags", "1", { etag: read.etag });
    await refused(404, "ResourceNotFound", () => table.getEntity("etags", "1"));
  },

  async transactsAllOrNothing() {
    const transaction = new TableTransaction();
    for (let i = 0; i < 5; i++) {
      transaction.createEntity({ partitionKey: "tx", rowKey: `row ${i}`, N: i });
    }
    const done = await table.submitTransaction(transaction.actions);
    assert.equal(done.status, 202);
    assert.deepEqual(done.subResponses.map((part) => part.status), [204, 204, 204, 204, 204]);
    assert.match(done.subResponses[0].etag, /^W\//);
    assert.equal(done.getResponseForEntity("row%203").status, 204);
    await table.submitTransaction([
      ["update", { partitionKey: "tx", rowKey: "row 0", M: 1 }, "Merge"],
      ["upsert", { partitionKey: "tx", rowKey: "row 9", M: 1 }, "Replace"],
      ["delete", { partitionKey: "tx", rowKey: "row 4" }],
    ]);
    await refused(409, "EntityAlreadyExists", () => table.submitTransaction([
      ["create", { partitionKey: "tx", rowKey: "row 8" }],
      ["create", { partitionKey: "tx", rowKey: "row 1" }],
    ]));
    const rows = await all(table.listEntities({ queryOptions: { filter: odata`PartitionKey eq ${"tx"}` } }));
    assert.deepEqual(rows.map((row) => row.rowKey), ["row 0", "row 1", "row 2", "row 3", "row 9"]);
    assert.deepEqual([rows[0].N, rows[0].M], [0, 1]);
  },

  async filtersAndPages() {
    const found = await all(table.listEntities({ queryOptions: { filter: odata`PartitionKey eq ${"many"} and N ge ${20} and Long lt 25L`, select: ["RowKey", "N"] } }));
    assert.deepEqual(found.map((row) => [row.rowKey, row.N, row.Long]), [20, 21, 22, 23, 24].map((n) => [`${n}`, n, undefined]));
    const sizes = [];
    const rows = [];
    for await (const page of table.listEntities({ queryOptions: { filter: "PartitionKey eq 'many'" } }).byPage({ maxPageSize: 12 })) {
      sizes.push(page.length);
      rows.push(...page.map((row) => row.rowKey));
    }
    assert.deepEqual([sizes, new Set(rows).size], [[12, 12, 6], 30]);
    const first = await table.listEntities({ queryOptions: { filter: "PartitionKey eq 'many'" } }).byPage({ maxPageSize: 10 }).next();
    const next = await table.listEntities({ queryOptions: { filter: "PartitionKey eq 'many'" } }).byPage({ maxPageSize: 10, continuationToken: first.value.continuationToken }).next();
    assert.equal(next.value[0].rowKey, "10");
    await refused(400, "InvalidInput", () => all(table.listEntities({ queryOptions: { filter: "PartitionKey is 'x'" } })));
  },

  async managesTables() {
    await service.createTable("fromjs");
    await service.createTable("fromjs");
    assert.ok((await all(service.listTables())).some((item) => item.name === "fromjs"));
    assert.deepEqual((await all(service.listTables({ queryOptions: { filter: odata`TableName eq ${"cases"}` } }))).map((item) => item.name), ["cases"]);
    await service.deleteTable("fromjs");
    assert.equal((await service.getProperties()).logging.read, false);
    await refused(404, "TableNotFound", () => TableClient.fromConnectionString(connectionString, "fromjs", options).createEntity({ partitionKey: "p", rowKey: "r" }));
  },
};

for (const [name, step] of Object.entries(steps)) {
  try {
    await step();
  } catch (error) {
    console.error(`${name}: ${error.stack}`);
    process.exitCode = 1;
  }
}
