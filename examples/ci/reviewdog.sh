#!/bin/sh
# Review comments, with fixes as suggestions, by reviewdog.
set -eu
helmvet lint --output rdjsonl "$@" >helmvet.rdjsonl || [ $? -eq 1 ] # 1: findings
reviewdog -f=rdjsonl -name=helmvet -reporter=github-pr-review <helmvet.rdjsonl
