import { roleIds } from 'roles.bicep'

@description('Name of the vault, 3 to 24 letters, digits and hyphens.')
@minLength(3)
@maxLength(24)
param name string

@description('Region.')
param location string

@description('The identity of the app, which reads the secrets.')
param principalId string

@description('The namespace whose rule for devices is kept here.')
param serviceBusName string

@secure()
@description('Seals the personal data.')
param vaultKey string

@secure()
@description('Functions key of the hotline systems.')
param hotlineKey string

@secure()
@description('Functions key of the departments.')
param staffKey string

@secure()
@description('Functions key of the duty officers.')
param dutyKey string

@secure()
@description('Webhook of the Teams channel; empty: there is none.')
param teamsWebhook string

resource devices 'Microsoft.ServiceBus/namespaces/queues/authorizationRules@2024-01-01' existing = {
  name: '${serviceBusName}/sensor-events/devices'
}

resource vault 'Microsoft.KeyVault/vaults@2025-05-01' = {
  name: name
  location: location
  properties: {
    tenantId: subscription().tenantId
    sku: { family: 'A', name: 'standard' }
    enableRbacAuthorization: true
    enablePurgeProtection: true
    // hostKeys.bicep takes the keys of the callers from here.
    enabledForTemplateDeployment: true
  }

  resource seal 'secrets' = {
    name: 'VaultKey'
    properties: { value: vaultKey }
  }

  resource hotline 'secrets' = {
    name: 'HotlineKey'
    properties: { value: hotlineKey }
  }

  resource staff 'secrets' = {
    name: 'StaffKey'
    properties: { value: staffKey }
  }

  resource duty 'secrets' = {
    name: 'DutyKey'
    properties: { value: dutyKey }
  }

  resource teams 'secrets' = if (!empty(teamsWebhook)) {
    name: 'TeamsWebhook'
    properties: { value: teamsWebhook }
  }

  resource device 'secrets' = {
    name: 'DeviceSendKey'
    properties: { value: devices.listKeys().primaryKey }
  }
}

resource read 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: vault
  name: guid(vault.id, principalId, roleIds.keyVaultSecretsUser)
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roleIds.keyVaultSecretsUser)
  }
}

output name string = vault.name
