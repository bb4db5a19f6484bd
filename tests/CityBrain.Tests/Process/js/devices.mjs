// Plays devices with the official client: sends CloudEvents to the app's queue from several connections at once.
// Arguments: connection string, number of events, number of those that are no readings.
import { ServiceBusClient } from "@azure/service-bus";

const [connectionString, events, wrong] = process.argv.slice(2);
const connections = 4;
const start = Date.now() - 3_600_000;

function event(number) {
  const data = number < Number(wrong) ? { measure: "level" } : { measure: "level", value: 0.05 + (number % 7) / 100 };
  return {
    body: Buffer.from(JSON.stringify({
      specversion: "1.0", id: `${number}`, source: "river-gauge-bronx", type: "city.reading", time: new Date(start + number * 300).toISOString(), data,
    })),
    messageId: `${number}`,
    contentType: "application/cloudevents+json",
  };
}

await Promise.all(Array.from({ length: connections }, async (_, connection) => {
  const client = new ServiceBusClient(connectionString);
  const sender = client.createSender("sensor-events");
  for (let first = connection * 50; first < Number(events); first += connections * 50) {
    await sender.sendMessages(Array.from({ length: Math.min(50, Number(events) - first) }, (_, i) => event(first + i)));
  }
  await client.close();
}));
console.log(events);
