#!/bin/bash
set -euo pipefail

helm repo list
helm repo update
helm fetch digitalroute/usage-engine-private-edition --version 4.1.0 --untar
helm upgrade --install uepe digitalroute/usage-engine-private-edition --atomic --cleanup-on-fail --version 4.1.0 -n uepe -f valuesFromSystem.yaml --dry-run=server

kubectl get ecd -n uepe
kubectl patch ecdeployment sip-ec -n uepe --type=merge -p $'spec:\n manualUpgrade: true'
kubectl scale --replicas=0 sts/platform -n uepe
kubectl wait --for=delete pod/platform-0 -n uepe --timeout=300s

export RESOURCE_GROUP=telco-prod
export FILE_BACKUP_VAULT=azurefilesvault
CONTAINER_NAME=$(az backup container list --resource-group "$RESOURCE_GROUP" --vault-name "$FILE_BACKUP_VAULT" --backup-management-type AzureStorage --query "[?properties.friendlyName=='uepestorage'].name" --output tsv)
ITEM_NAME=$(az backup item list --resource-group "$RESOURCE_GROUP" --vault-name "$FILE_BACKUP_VAULT" --query "[?properties.friendlyName=='uepe-share'].name" --output tsv)
JOB=$(az backup protection backup-now --resource-group "$RESOURCE_GROUP" --vault-name "$FILE_BACKUP_VAULT" --container-name "$CONTAINER_NAME" --item-name "$ITEM_NAME" --retain-until 31-12-2027 --query name --output tsv)
az backup job wait --name "$JOB" --resource-group "$RESOURCE_GROUP" --vault-name "$FILE_BACKUP_VAULT"

helm upgrade --install uepe digitalroute/usage-engine-private-edition --atomic --cleanup-on-fail --version 4.1.0 -n uepe -f valuesFromSystem.yaml
kubectl scale --replicas=1 sts/platform -n uepe
