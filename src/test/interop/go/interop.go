// Berth seen by the CloudEvents SDK for Go, its Kafka binding with Sarama, and santhosh-tekuri/jsonschema.
//
// `send` sends the events of ../events.json, `read` reads and validates all that Berth has published, and `judge`
// validates the examples of the contract and the generated cases.
package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/IBM/sarama"
	"github.com/cloudevents/sdk-go/protocol/kafka_sarama/v2"
	cloudevents "github.com/cloudevents/sdk-go/v2"
	"github.com/cloudevents/sdk-go/v2/binding"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

const (
	sdk      = "go"
	schema   = "https://berth.dev/contract/schemas/"
	patience = 300 * time.Second
)

var (
	brokers = []string{os.Getenv("KAFKA_BOOTSTRAP_SERVERS")}
	folder  = os.Getenv("INTEROP_FOLDER")
)

type wanted struct {
	Tenant     string          `json:"tenant"`
	Mode       string          `json:"mode"`
	Attributes string          `json:"attributes"`
	Type       string          `json:"type"`
	Expect     string          `json:"expect"`
	Data       json.RawMessage `json:"data"`
}

type plan struct {
	Source     string            `json:"source"`
	Everything map[string]string `json:"everything"`
	Tenants    map[string]string `json:"tenants"`
	Events     []wanted          `json:"events"`
	Probes     []wanted          `json:"probes"`
}

// --- a producer ---

func (p plan) event(w wanted) cloudevents.Event {
	event := cloudevents.NewEvent()
	event.SetType("dev.berth.tenant." + w.Type + ".v1")
	event.SetSource(p.Source)
	event.SetSubject(w.Tenant)
	must(event.SetData(cloudevents.ApplicationJSON, w.Data))
	if w.Attributes != "everything" {
		return event
	}
	for name, value := range p.Everything {
		switch name {
		case "time":
			event.SetTime(got(time.Parse(time.RFC3339Nano, value)))
		case "dataschema":
			event.SetDataSchema(value)
		case "datacontenttype": // SetData has set it
		default:
			event.SetExtension(name, strings.ReplaceAll(value, "$TENANT", w.Tenant))
		}
	}
	return event
}

func send() {
	text := string(got(os.ReadFile(os.Getenv("INTEROP_EVENTS"))))
	var p plan
	must(json.Unmarshal([]byte(strings.ReplaceAll(text, "$SDK", sdk)), &p))
	sender := got(kafka_sarama.NewSender(brokers, sarama.NewConfig(), "tenant.events"))
	defer sender.Close(context.Background())
	client := got(cloudevents.NewClient(sender))
	events := map[string]wanted{}
	for _, w := range append(p.Events, p.Probes...) {
		event := p.event(w)
		// The record's key is the tenant id, whether the event has a partitionkey or not.
		ctx := kafka_sarama.WithMessageKey(context.Background(), sarama.StringEncoder(w.Tenant))
		if w.Mode == "structured" {
			ctx = binding.WithForceStructured(ctx)
		}
		event.SetID(fmt.Sprintf("%s-%d", sdk, len(events)+1))
		if result := client.Send(ctx, event); cloudevents.IsUndelivered(result) {
			panic(result)
		}
		events[event.ID()] = w
	}
	for id, w := range events {
		if w.Expect == "" {
			delete(events, id)
		}
	}
	write(sdk+".sent.json", map[string]any{"events": events, "tenants": p.Tenants})
}

// --- a consumer ---

type end struct {
	Last  int64 `json:"last"`
	Count int   `json:"count"`
}

// All records up to the last one that is to be read of each partition.
func records(each func(*sarama.ConsumerMessage)) {
	var ends map[string]map[int32]end
	must(json.Unmarshal(got(os.ReadFile(filepath.Join(folder, "ends.json"))), &ends))
	config := sarama.NewConfig()
	config.Consumer.IsolationLevel = sarama.ReadCommitted
	consumer := got(sarama.NewConsumer(brokers, config))
	defer consumer.Close()
	for topic, partitions := range ends {
		for partition, end := range partitions {
			records := consume(consumer, topic, partition)
			for missing := end.Count; missing > 0; {
				select {
				case record := <-records.Messages():
					if record.Offset <= end.Last {
						each(record)
						missing--
					}
				case <-time.After(patience):
					panic(fmt.Sprintf("%d records of %s/%d did not arrive within %s", missing, topic, partition, patience))
				}
			}
			must(records.Close())
		}
	}
}

// Again where the broker has just lost and regained its place, which the other clients do by themselves.
func consume(consumer sarama.Consumer, topic string, partition int32) sarama.PartitionConsumer {
	for deadline := time.Now().Add(patience); ; time.Sleep(time.Second) {
		records, err := consumer.ConsumePartition(topic, partition, sarama.OffsetOldest)
		if err == nil || time.Now().After(deadline) {
			return got(records, err)
		}
	}
}

type line struct {
	Topic      string          `json:"topic"`
	Key        string          `json:"key"`
	At         string          `json:"at"`
	Attributes map[string]any  `json:"attributes"`
	Data       json.RawMessage `json:"data"`
	Faults     []string        `json:"faults"`
}

// The event as this SDK understands it, and what is wrong with its data.
func seen(record *sarama.ConsumerMessage, compiler *jsonschema.Compiler) line {
	at := fmt.Sprintf("%d/%d", record.Partition, record.Offset)
	seen := line{Topic: record.Topic, Key: string(record.Key), At: at, Faults: []string{}}
	message := kafka_sarama.NewMessageFromConsumerMessage(record)
	event, err := binding.ToEvent(context.Background(), message)
	if err == nil {
		err = event.Validate()
	}
	if err != nil {
		seen.Faults = []string{err.Error()}
		return seen
	}
	seen.Data = event.Data()
	seen.Attributes = event.Extensions()
	for name, value := range map[string]string{
		"specversion": event.SpecVersion(), "id": event.ID(), "source": event.Source(), "type": event.Type(),
		"subject": event.Subject(), "time": event.Time().Format(time.RFC3339Nano), "datacontenttype": event.DataContentType(),
	} {
		seen.Attributes[name] = value
	}
	if err := valid(compiler, event.Type(), event.Data()); err != nil {
		seen.Faults = []string{err.Error()}
	}
	return seen
}

func read() {
	compiler := schemas()
	out := got(os.Create(filepath.Join(folder, sdk+".read.jsonl")))
	defer out.Close()
	encoder := json.NewEncoder(out)
	records(func(record *sarama.ConsumerMessage) { must(encoder.Encode(seen(record, compiler))) })
}

// --- a validator ---

func schemas() *jsonschema.Compiler {
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	for _, file := range got(filepath.Glob(filepath.Join(folder, "contract", "schemas", "*.json"))) {
		document := got(jsonschema.UnmarshalJSON(bytes.NewReader(got(os.ReadFile(file)))))
		must(compiler.AddResource(schema+filepath.Base(file), document))
	}
	return compiler
}

// By the schema of the event's type; the steps of a tenant have the data of its state.
func valid(compiler *jsonschema.Compiler, eventType string, data []byte) error {
	if _, err := os.Stat(filepath.Join(folder, "contract", "schemas", eventType+".json")); err != nil {
		eventType = "dev.berth.tenant.state.v1"
	}
	return got(compiler.Compile(schema + eventType + ".json")).Validate(got(jsonschema.UnmarshalJSON(bytes.NewReader(data))))
}

func judge() {
	compiler := schemas()
	cases := bufio.NewScanner(got(os.Open(filepath.Join(folder, "cases.jsonl"))))
	cases.Buffer(nil, 1<<24)
	judged := []bool{}
	for cases.Scan() {
		var it struct{ Type, Data string }
		must(json.Unmarshal(cases.Bytes(), &it))
		judged = append(judged, valid(compiler, it.Type, []byte(it.Data)) == nil)
	}
	must(cases.Err())
	write(sdk+".judged.json", judged)
}

func write(name string, content any) {
	must(os.WriteFile(filepath.Join(folder, name), got(json.Marshal(content)), 0o644))
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}

func got[T any](value T, err error) T {
	must(err)
	return value
}

func main() {
	map[string]func(){"send": send, "read": read, "judge": judge}[os.Args[1]]()
}
