const before = process.cpuUsage();
await import('@waybill/pack-fulfillment');
const { user, system } = process.cpuUsage(before);
process.send?.((user + system) / 1000);
process.disconnect?.();
