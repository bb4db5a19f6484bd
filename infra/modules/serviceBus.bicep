param name string
param location string

// What the app expects of each queue; the embedded platform reads the same facts from local.settings.json.
var queues = [
  { name: 'sensor-events', sessions: false }
  { name: 'filed-cases', sessions: true }
  { name: 'notices', sessions: true }
]

resource bus 'Microsoft.ServiceBus/namespaces@2022-10-01-preview' = {
  name: name
  location: location
  sku: { name: 'Standard', tier: 'Standard' }
  properties: { minimumTlsVersion: '1.2' }

  resource queue 'queues' = [
    for item in queues: {
      name: item.name
      properties: {
        requiresSession: item.sessions
        requiresDuplicateDetection: true
        duplicateDetectionHistoryTimeWindow: 'PT10M'
        lockDuration: 'PT1M'
        maxDeliveryCount: 10
        defaultMessageTimeToLive: 'P14D'
        deadLetteringOnMessageExpiration: true
      }
    }
  ]

  resource app 'authorizationRules' = {
    name: 'app'
    properties: { rights: ['Send', 'Listen', 'Manage'] }
  }
}

output name string = bus.name
