import { roleIds } from 'roles.bicep'

@description('Name of the namespace.')
param name string

@description('Region.')
param location string

@description('The identity of the app.')
param principalId string

// What the app expects of each queue: .ci/publish compares it with the triggers. The embedded host reads the same facts from local.settings.json.
var queues = [
  { name: 'sensor-events', sessions: false }
  { name: 'filed-cases', sessions: true }
  { name: 'notices', sessions: true }
]

resource bus 'Microsoft.ServiceBus/namespaces@2024-01-01' = {
  name: name
  location: location
  sku: { name: 'Standard', tier: 'Standard' }
  properties: {
    minimumTlsVersion: '1.2'
    // Devices have no identity in Microsoft Entra: they sign with the rule below. The app itself uses no key.
    disableLocalAuth: false
  }

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
}

resource sensorEvents 'Microsoft.ServiceBus/namespaces/queues@2024-01-01' existing = {
  parent: bus
  name: 'sensor-events'
}

resource devices 'Microsoft.ServiceBus/namespaces/queues/authorizationRules@2024-01-01' = {
  parent: sensorEvents
  name: 'devices'
  properties: { rights: ['Send'] }
  dependsOn: [bus::queue]
}

// On its queues and nowhere else. Owner of the data rather than Sender and Receiver, because the scale controller asks for the length of a queue with the app's identity,
// which wants the claim Manage: https://learn.microsoft.com/azure/azure-functions/functions-target-based-scaling#service-bus-queues-and-topics
resource use 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for (item, index) in queues: {
    scope: bus::queue[index]
    name: guid(bus.id, item.name, principalId, roleIds.serviceBusDataOwner)
    properties: {
      principalId: principalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roleIds.serviceBusDataOwner)
    }
  }
]

output name string = bus.name

@description('Host name, as NAME.servicebus.windows.net in the public cloud.')
output address string = split(replace(bus.properties.serviceBusEndpoint, 'https://', ''), ':')[0]
