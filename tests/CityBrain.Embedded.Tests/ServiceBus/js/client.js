// Drives the embedded Service Bus with the official JavaScript client, and prints what it saw as one line of JSON.
// Usage: node client.js {connection string}
const { ServiceBusClient } = require("@azure/service-bus");

const connectionString = process.argv[2];
const count = 10_000;
const connections = 4;

async function sendSensorEvents() {
  await Promise.all(Array.from({ length: connections }, async (_, c) => {
    const client = new ServiceBusClient(connectionString);
    const sender = client.createSender("sensor-events");
    let batch = await sender.createMessageBatch();
    for (let i = c; i < count; i += connections) {
      const message = { body: { device: `d${i % 100}`, value: i }, messageId: `${i}`, applicationProperties: { type: "level" } };
      if (batch.count === 100 || !batch.tryAddMessage(message)) {
        await sender.sendMessages(batch);
        batch = await sender.createMessageBatch();
        batch.tryAddMessage(message);
      }
    }
    await sender.sendMessages(batch);
    await client.close();
  }));
}

async function receiveSensorEvents() {
  const seen = new Map();
  let most = 0;
  await Promise.all(Array.from({ length: connections }, async () => {
    const client = new ServiceBusClient(connectionString);
    const receiver = client.createReceiver("sensor-events");
    for (;;) {
      const messages = await receiver.receiveMessages(200, { maxWaitTimeInMs: 1000 });
      if (messages.length === 0 && seen.size >= count) break;
      for (const message of messages) {
        seen.set(message.messageId, (seen.get(message.messageId) ?? 0) + 1);
        most = Math.max(most, message.deliveryCount);
      }
      await Promise.all(messages.map((message) => receiver.completeMessage(message)));
    }
    await client.close();
  }));
  return { distinct: seen.size, twice: [...seen.values()].filter((n) => n > 1).length, mostDeliveries: most };
}

async function sessions() {
  const client = new ServiceBusClient(connectionString, { retryOptions: { maxRetries: 0, timeoutInMs: 10_000 } });
  const sender = client.createSender("sessions");
  await sender.sendMessages([1, 2, 3].map((n) => ({ body: n, sessionId: "s" })));
  const kept = await client.acceptSession("sessions", "s", { maxAutoLockRenewalDurationInMs: 0 });
  const [first] = await kept.receiveMessages(1);
  for (let i = 0; i < 4; i++) {
    await new Promise((resolve) => setTimeout(resolve, 500));
    await kept.renewSessionLock();
  }
  await kept.setSessionState("state");
  await kept.completeMessage(first);
  const taken = await client.acceptSession("sessions", "s").then(() => "accepted", (error) => error.code);
  const [second] = await kept.receiveMessages(1);
  const next = await client.acceptNextSession("sessions", { maxAutoLockRenewalDurationInMs: 0 });
  const lost = await kept.completeMessage(second).then(() => "completed", (error) => error.code);
  const again = await next.receiveMessages(2);
  const state = await next.getSessionState();
  for (const message of again) await next.completeMessage(message);
  const none = await client.acceptSession("sessions", "s").then(() => "accepted", (error) => error.code);
  await client.close();
  return { first: first.body, taken, lost, again: again.map((message) => [message.body, message.deliveryCount]), state, none };
}

async function deadLetters() {
  const client = new ServiceBusClient(connectionString);
  const sender = client.createSender("plain");
  await sender.sendMessages([{ body: "bad" }, { body: "again" }, { body: "later" }]);
  const receiver = client.createReceiver("plain");
  const [bad, again, later] = await receiver.receiveMessages(3, { maxWaitTimeInMs: 5000 });
  await receiver.deadLetterMessage(bad, { deadLetterReason: "Malformed", deadLetterErrorDescription: "no device", who: "me" });
  await receiver.abandonMessage(again, { tries: 1 });
  await receiver.deferMessage(later);
  const [back] = await receiver.receiveMessages(1, { maxWaitTimeInMs: 5000 });
  await receiver.completeMessage(back);
  const [deferred] = await receiver.receiveDeferredMessages(later.sequenceNumber);
  await receiver.completeMessage(deferred);
  const deadReceiver = client.createReceiver("plain", { subQueueType: "deadLetter" });
  const [dead] = await deadReceiver.receiveMessages(1, { maxWaitTimeInMs: 5000 });
  await deadReceiver.completeMessage(dead);
  const [number] = await sender.scheduleMessages({ body: "scheduled" }, new Date(Date.now() + 3_600_000));
  const [peeked] = await receiver.peekMessages(5);
  await sender.cancelScheduledMessages(number);
  const left = (await receiver.peekMessages(5, { fromSequenceNumber: number })).length;
  await client.close();
  return {
    dead: [dead.body, dead.deadLetterReason, dead.deadLetterErrorDescription, dead.deadLetterSource, dead.applicationProperties.who],
    back: [back.body, back.deliveryCount, back.applicationProperties.tries],
    deferred: deferred.body,
    peeked: [peeked.body, peeked.state],
    left,
  };
}

async function subscribe() {
  const client = new ServiceBusClient(connectionString);
  const receiver = client.createReceiver("plain");
  const bodies = [];
  const done = new Promise((resolve, reject) => {
    receiver.subscribe({
      processMessage: async (message) => {
        bodies.push(message.body);
        if (bodies.length === 50) resolve();
      },
      processError: async (args) => reject(args.error),
    }, { maxConcurrentCalls: 5 });
  });
  await client.createSender("plain").sendMessages(Array.from({ length: 50 }, (_, i) => ({ body: i })));
  await done;
  await client.close();
  return new Set(bodies).size;
}

async function main() {
  const started = Date.now();
  await sendSensorEvents();
  const sent = Date.now();
  const sensors = await receiveSensorEvents();
  const result = { sensors, sendMs: sent - started, receiveMs: Date.now() - sent, sessions: await sessions(), deadLetters: await deadLetters(), subscribed: await subscribe() };
  console.log(JSON.stringify(result));
}

main().then(() => process.exit(0), (error) => { console.error(error); process.exit(1); });
