# Make the topics of a table, and give those that exist the retention it says. Safe to run again.
set -eu

until rpk cluster info > /dev/null 2>&1; do
    echo "there is no broker yet"
    sleep 1
done

while read -r topic partitions _ days _ <&3; do
    retention=$((days * 24 * 60 * 60 * 1000))
    if ! rpk topic list | grep -q "^$topic "; then
        rpk topic create "$topic" --partitions "$partitions" --replicas 1 --topic-config "retention.ms=$retention"
    fi
    rpk topic alter-config "$topic" --set "retention.ms=$retention"
    # A refused change is no failure to rpk, so look.
    rpk topic describe "$topic" --print-configs | grep -E "^retention\.ms +$retention "
    if ! rpk topic list | grep -E "^$topic +$partitions "; then
        echo "$topic has another number of partitions than $partitions; only a person can change that" >&2
        exit 1
    fi
done 3< "$1"
