// Reads with the official client what the app wrote. Argument: connection string. Prints the ids of the cases.
import { TableClient, odata } from "@azure/data-tables";

const cases = TableClient.fromConnectionString(process.argv[2], "Cases", { allowInsecureConnection: true });
const ids = [];
for await (const row of cases.listEntities({ queryOptions: { filter: odata`RowKey ge ${""}`, select: ["PartitionKey", "RowKey"] } })) {
  if (row.rowKey.endsWith("|c")) {
    const whole = await cases.getEntity(row.partitionKey, row.rowKey);
    ids.push({ rowKey: row.rowKey, etag: whole.etag });
  }
}
console.log(JSON.stringify(ids));
