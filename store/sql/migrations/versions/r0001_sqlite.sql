CREATE TABLE payment (
	seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	id TEXT NOT NULL, 
	intent TEXT, 
	charge TEXT, 
	created INTEGER NOT NULL, 
	badge TEXT NOT NULL, 
	amount INTEGER NOT NULL, 
	currency TEXT NOT NULL, 
	milli INTEGER NOT NULL, 
	refunded INTEGER NOT NULL, 
	failed_refunds INTEGER NOT NULL, 
	customer TEXT, 
	name TEXT, 
	email TEXT, 
	method TEXT NOT NULL, 
	brand TEXT, 
	last4 TEXT, 
	country TEXT, 
	risk_level TEXT, 
	actor TEXT, 
	expires_at INTEGER, 
	version INTEGER NOT NULL, 
	search TEXT NOT NULL, 
	UNIQUE (id)
)
 STRICT


;
CREATE INDEX ix_payment_email ON payment (lower(email), created, seq)
;
CREATE INDEX ix_payment_method ON payment (method, created, seq)
;
CREATE INDEX ix_payment_charge ON payment (charge)
;
CREATE INDEX ix_payment_customer ON payment (customer)
;
CREATE INDEX ix_payment_country ON payment (country, created, seq)
;
CREATE INDEX ix_payment_badge ON payment (badge, created, seq)
;
CREATE INDEX ix_payment_brand ON payment (brand, created, seq)
;
CREATE INDEX ix_payment_last4 ON payment (last4, created, seq)
;
CREATE INDEX ix_payment_risk ON payment (risk_level, created, seq)
;
CREATE INDEX ix_payment_created ON payment (created, seq)
;
CREATE INDEX ix_payment_milli ON payment (milli, seq)
;
CREATE TABLE badge_count (
	badge TEXT NOT NULL, 
	number INTEGER NOT NULL, 
	PRIMARY KEY (badge)
)
 STRICT


;
CREATE TABLE meta (
	"key" TEXT NOT NULL, 
	value TEXT NOT NULL, 
	PRIMARY KEY ("key")
)
 STRICT


;
CREATE TABLE event (
	seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	id TEXT NOT NULL, 
	type TEXT NOT NULL, 
	object_id TEXT NOT NULL, 
	payment TEXT, 
	created INTEGER NOT NULL, 
	actor TEXT NOT NULL, 
	face TEXT NOT NULL, 
	request TEXT, 
	"key" TEXT, 
	data TEXT NOT NULL, 
	previous TEXT NOT NULL, 
	prev_hash TEXT NOT NULL, 
	hash TEXT NOT NULL, 
	UNIQUE (id)
)
 STRICT


;
CREATE INDEX ix_event_created ON event (created, seq)
;
CREATE INDEX ix_event_object_id ON event (object_id)
;
CREATE INDEX ix_event_payment ON event (payment, seq)
;
CREATE TABLE idempotency (
	"key" TEXT NOT NULL, 
	command TEXT NOT NULL, 
	answer TEXT NOT NULL, 
	created INTEGER NOT NULL, 
	PRIMARY KEY ("key")
)
 STRICT


;
CREATE TABLE due (
	seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	at INTEGER NOT NULL, 
	deed TEXT NOT NULL, 
	object_id TEXT NOT NULL
)
 STRICT


;
CREATE INDEX ix_due_object_id ON due (object_id)
;
CREATE INDEX ix_due_at ON due (at, seq)
;
CREATE TABLE balance_transaction (
	seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	id TEXT NOT NULL, 
	type TEXT NOT NULL, 
	amount INTEGER NOT NULL, 
	fee INTEGER NOT NULL, 
	net INTEGER NOT NULL, 
	currency TEXT NOT NULL, 
	created INTEGER NOT NULL, 
	available_on INTEGER NOT NULL, 
	status TEXT NOT NULL, 
	source TEXT, 
	description TEXT, 
	reporting_category TEXT, 
	exchange_rate TEXT, 
	holder TEXT, 
	details TEXT NOT NULL, 
	imported INTEGER NOT NULL, 
	UNIQUE (id)
)
 STRICT


;
CREATE INDEX ix_movement_due ON balance_transaction (status, available_on)
;
CREATE INDEX ix_balance_transaction_source ON balance_transaction (source)
;
CREATE INDEX ix_movement_created ON balance_transaction (created, seq)
;
CREATE TABLE topup (
	seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	id TEXT NOT NULL, 
	amount INTEGER NOT NULL, 
	currency TEXT NOT NULL, 
	status TEXT NOT NULL, 
	created INTEGER NOT NULL, 
	actor TEXT, 
	CONSTRAINT ck_topup_amount CHECK (amount > 0), 
	UNIQUE (id)
)
 STRICT


;
CREATE TABLE account (
	id TEXT NOT NULL, 
	code TEXT NOT NULL, 
	currency TEXT NOT NULL, 
	holder TEXT, 
	debits INTEGER NOT NULL, 
	credits INTEGER NOT NULL, 
	PRIMARY KEY (id)
)
 STRICT


;
CREATE TABLE transfer_reversal (
	seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	id TEXT NOT NULL, 
	"of" TEXT NOT NULL, 
	amount INTEGER NOT NULL, 
	currency TEXT NOT NULL, 
	charge TEXT NOT NULL, 
	refund TEXT NOT NULL, 
	created INTEGER NOT NULL, 
	CONSTRAINT ck_transfer_reversal_amount CHECK (amount > 0), 
	UNIQUE (id)
)
 STRICT


;
CREATE INDEX ix_transfer_reversal_charge ON transfer_reversal (charge)
;
CREATE INDEX ix_transfer_reversal_refund ON transfer_reversal (refund)
;
CREATE TABLE fee_refund (
	seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	id TEXT NOT NULL, 
	"of" TEXT NOT NULL, 
	amount INTEGER NOT NULL, 
	currency TEXT NOT NULL, 
	charge TEXT NOT NULL, 
	refund TEXT NOT NULL, 
	created INTEGER NOT NULL, 
	CONSTRAINT ck_fee_refund_amount CHECK (amount > 0), 
	UNIQUE (id)
)
 STRICT


;
CREATE INDEX ix_fee_refund_refund ON fee_refund (refund)
;
CREATE INDEX ix_fee_refund_charge ON fee_refund (charge)
;
CREATE TABLE customer (
	seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	id TEXT NOT NULL, 
	name TEXT, 
	email TEXT, 
	created INTEGER, 
	details TEXT NOT NULL, 
	imported INTEGER NOT NULL, 
	UNIQUE (id)
)
 STRICT


;
CREATE INDEX ix_customer_created ON customer (coalesce(created, 0), seq)
;
CREATE TABLE payment_intent (
	seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	id TEXT NOT NULL, 
	amount INTEGER NOT NULL, 
	currency TEXT NOT NULL, 
	status TEXT NOT NULL, 
	created INTEGER NOT NULL, 
	capturable INTEGER NOT NULL, 
	received INTEGER NOT NULL, 
	capture_method TEXT NOT NULL, 
	cancellation_reason TEXT, 
	cancel_note TEXT, 
	canceled_at INTEGER, 
	latest_charge TEXT, 
	customer TEXT, 
	description TEXT, 
	payment_method TEXT, 
	method_types TEXT NOT NULL, 
	receipt_email TEXT, 
	details TEXT NOT NULL, 
	imported INTEGER NOT NULL, 
	CONSTRAINT ck_intent_amount CHECK (amount >= 0), 
	CONSTRAINT ck_intent_capturable CHECK (capturable BETWEEN 0 AND amount), 
	UNIQUE (id)
)
 STRICT


;
CREATE INDEX ix_payment_intent_customer ON payment_intent (customer)
;
CREATE INDEX ix_intent_created ON payment_intent (created, seq)
;
CREATE INDEX ix_payment_intent_latest_charge ON payment_intent (latest_charge)
;
CREATE TABLE charge (
	seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	id TEXT NOT NULL, 
	amount INTEGER NOT NULL, 
	currency TEXT NOT NULL, 
	status TEXT NOT NULL, 
	created INTEGER NOT NULL, 
	captured INTEGER NOT NULL, 
	amount_captured INTEGER NOT NULL, 
	amount_refunded INTEGER NOT NULL, 
	refunded_elsewhere INTEGER NOT NULL, 
	reported_refunded INTEGER NOT NULL, 
	disputed INTEGER NOT NULL, 
	payment_intent TEXT, 
	customer TEXT, 
	name TEXT, 
	email TEXT, 
	receipt_email TEXT, 
	description TEXT, 
	failure_code TEXT, 
	failure_message TEXT, 
	outcome_type TEXT, 
	risk_level TEXT, 
	balance_transaction TEXT, 
	settlement_amount INTEGER, 
	settlement_currency TEXT, 
	fee_amount INTEGER, 
	connect_type TEXT, 
	connected_account TEXT, 
	on_behalf_of TEXT, 
	transfer TEXT, 
	transfer_amount INTEGER, 
	transfer_currency TEXT, 
	transfer_reversed INTEGER NOT NULL, 
	application_fee TEXT, 
	application_fee_amount INTEGER, 
	application_fee_currency TEXT, 
	application_fee_refunded INTEGER NOT NULL, 
	exchange_rate TEXT, 
	available_on INTEGER, 
	capture_before INTEGER, 
	captured_at INTEGER, 
	test_behaviour TEXT, 
	method_type TEXT NOT NULL, 
	brand TEXT, 
	last4 TEXT, 
	fingerprint TEXT, 
	exp_month INTEGER, 
	exp_year INTEGER, 
	method TEXT NOT NULL, 
	details TEXT NOT NULL, 
	imported INTEGER NOT NULL, 
	CONSTRAINT ck_charge_amount CHECK (amount >= 0), 
	CONSTRAINT ck_charge_captured CHECK (amount_captured BETWEEN 0 AND amount), 
	CONSTRAINT ck_charge_refunded CHECK (amount_refunded BETWEEN 0 AND amount_captured), 
	CONSTRAINT ck_charge_elsewhere CHECK (refunded_elsewhere BETWEEN 0 AND amount), 
	CONSTRAINT ck_charge_transfer CHECK (coalesce(transfer_amount, 1) > 0), 
	CONSTRAINT ck_charge_application_fee CHECK (coalesce(application_fee_amount, 1) > 0), 
	UNIQUE (id)
)
 STRICT


;
CREATE INDEX ix_charge_last4 ON charge (last4)
;
CREATE INDEX ix_charge_fingerprint ON charge (fingerprint)
;
CREATE INDEX ix_charge_payment_intent ON charge (payment_intent)
;
CREATE INDEX ix_charge_customer ON charge (customer)
;
CREATE INDEX ix_charge_created ON charge (created, seq)
;
CREATE TABLE dispute (
	seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	id TEXT NOT NULL, 
	amount INTEGER NOT NULL, 
	currency TEXT NOT NULL, 
	status TEXT NOT NULL, 
	created INTEGER NOT NULL, 
	charge TEXT, 
	payment_intent TEXT, 
	reason TEXT, 
	refundable INTEGER NOT NULL, 
	details TEXT NOT NULL, 
	imported INTEGER NOT NULL, 
	UNIQUE (id)
)
 STRICT


;
CREATE INDEX ix_dispute_charge ON dispute (charge)
;
CREATE INDEX ix_dispute_created ON dispute (created, seq)
;
CREATE TABLE outbox (
	seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	id TEXT NOT NULL, 
	refund TEXT NOT NULL, 
	recipient TEXT NOT NULL, 
	subject TEXT NOT NULL, 
	body TEXT NOT NULL, 
	number TEXT NOT NULL, 
	created INTEGER NOT NULL, 
	actor TEXT NOT NULL, 
	state TEXT NOT NULL, 
	attempts INTEGER NOT NULL, 
	due INTEGER, 
	sent INTEGER, 
	error TEXT, 
	CONSTRAINT ck_outbox_sent CHECK ((state = 'sent') = (sent IS NOT NULL)), 
	CONSTRAINT ck_outbox_attempts CHECK (attempts >= 0), 
	UNIQUE (id)
)
 STRICT


;
CREATE INDEX ix_outbox_created ON outbox (created, seq)
;
CREATE INDEX ix_outbox_due ON outbox (state, due)
;
CREATE INDEX ix_outbox_refund ON outbox (refund, seq)
;
CREATE INDEX ix_outbox_number ON outbox (number)
;
CREATE TABLE refund (
	seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	id TEXT NOT NULL, 
	amount INTEGER NOT NULL, 
	currency TEXT NOT NULL, 
	status TEXT NOT NULL, 
	created INTEGER NOT NULL, 
	charge TEXT, 
	payment_intent TEXT, 
	settlement_amount INTEGER, 
	settlement_currency TEXT, 
	holder TEXT, 
	reverse_transfer INTEGER NOT NULL, 
	refund_application_fee INTEGER NOT NULL, 
	transfer_reversal TEXT, 
	reason TEXT, 
	note TEXT, 
	pending_reason TEXT, 
	failure_reason TEXT, 
	destination_type TEXT, 
	destination_kind TEXT, 
	reference TEXT, 
	reference_status TEXT, 
	reference_type TEXT, 
	network_decline_code TEXT, 
	balance_transaction TEXT, 
	failure_balance_transaction TEXT, 
	instructions_email TEXT, 
	expires_at INTEGER, 
	receipt_number TEXT, 
	actor TEXT, 
	"key" TEXT, 
	details TEXT NOT NULL, 
	imported INTEGER NOT NULL, 
	CONSTRAINT ck_refund_amount CHECK (amount > 0), 
	CONSTRAINT ck_refund_pending CHECK (imported = 1 OR (status = 'pending') = (pending_reason IS NOT NULL)), 
	CONSTRAINT ck_refund_failure CHECK (imported = 1 OR (status IN ('failed', 'canceled')) = (failure_reason IS NOT NULL)), 
	CONSTRAINT ck_refund_note CHECK (coalesce(reason, '') <> 'other' OR length(trim(coalesce(note, ''))) > 0), 
	CONSTRAINT ck_refund_imported CHECK (imported IN (0, 1)), 
	UNIQUE (id), 
	UNIQUE ("key")
)
 STRICT


;
CREATE INDEX ix_refund_status ON refund (status, seq)
;
CREATE INDEX ix_refund_waiting ON refund (pending_reason, seq)
;
CREATE INDEX ix_refund_reference ON refund (reference)
;
CREATE INDEX ix_refund_charge ON refund (charge, seq)
;
CREATE INDEX ix_refund_payment_intent ON refund (payment_intent)
;
CREATE INDEX ix_refund_created ON refund (created, seq)
;
CREATE TABLE transition (
	kind TEXT NOT NULL, 
	src TEXT NOT NULL, 
	dst TEXT NOT NULL, 
	PRIMARY KEY (kind, src, dst)
)
 STRICT


;
CREATE TABLE block_list (
	seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	id TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	value TEXT NOT NULL, 
	created INTEGER NOT NULL, 
	actor TEXT NOT NULL, 
	refund TEXT, 
	lifted INTEGER, 
	lifted_by TEXT, 
	CONSTRAINT ck_block_kind CHECK (kind IN ('card_fingerprint', 'email')), 
	CONSTRAINT ck_block_lifted CHECK ((lifted IS NULL) = (lifted_by IS NULL)), 
	UNIQUE (id)
)
 STRICT


;
CREATE INDEX ix_block_created ON block_list (created, seq)
;
CREATE UNIQUE INDEX ix_block_standing ON block_list (kind, value) WHERE lifted IS NULL
;
CREATE TABLE review (
	seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	id TEXT NOT NULL, 
	created INTEGER NOT NULL, 
	charge TEXT, 
	payment_intent TEXT, 
	opened TEXT NOT NULL, 
	closed TEXT, 
	details TEXT NOT NULL, 
	imported INTEGER NOT NULL, 
	UNIQUE (id)
)
 STRICT


;
CREATE INDEX ix_review_created ON review (created, seq)
;
CREATE INDEX ix_review_charge ON review (charge)
;
CREATE TABLE tag (
	"key" TEXT NOT NULL, 
	value TEXT NOT NULL, 
	object_id TEXT NOT NULL, 
	PRIMARY KEY ("key", value, object_id)
)
 STRICT


;
CREATE INDEX ix_tag_object_id ON tag (object_id)
;
CREATE TABLE posting (
	seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	code TEXT NOT NULL, 
	debit TEXT NOT NULL, 
	credit TEXT NOT NULL, 
	amount INTEGER NOT NULL, 
	currency TEXT NOT NULL, 
	source TEXT NOT NULL, 
	created INTEGER NOT NULL, 
	CONSTRAINT ck_posting_amount CHECK (amount > 0), 
	CONSTRAINT ck_posting_sides CHECK (debit <> credit), 
	FOREIGN KEY(debit) REFERENCES account (id), 
	FOREIGN KEY(credit) REFERENCES account (id)
)
 STRICT


;
CREATE INDEX ix_posting_source ON posting (source)
;
CREATE VIRTUAL TABLE payment_text USING fts5(search, content='payment', content_rowid='seq', tokenize='trigram', detail='none')
;
INSERT INTO transition (kind, src, dst) VALUES ('charge', 'pending', 'failed'), ('charge', 'pending', 'succeeded'), ('dispute', 'needs_response', 'lost'), ('dispute', 'needs_response', 'under_review'), ('dispute', 'needs_response', 'won'), ('dispute', 'under_review', 'lost'), ('dispute', 'under_review', 'won'), ('dispute', 'warning_needs_response', 'needs_response'), ('dispute', 'warning_needs_response', 'warning_closed'), ('dispute', 'warning_needs_response', 'warning_under_review'), ('dispute', 'warning_under_review', 'needs_response'), ('dispute', 'warning_under_review', 'warning_closed'), ('payment_intent', 'processing', 'canceled'), ('payment_intent', 'processing', 'requires_capture'), ('payment_intent', 'processing', 'requires_payment_method'), ('payment_intent', 'processing', 'succeeded'), ('payment_intent', 'requires_action', 'canceled'), ('payment_intent', 'requires_action', 'processing'), ('payment_intent', 'requires_action', 'requires_capture'), ('payment_intent', 'requires_action', 'requires_confirmation'), ('payment_intent', 'requires_action', 'requires_payment_method'), ('payment_intent', 'requires_action', 'succeeded'), ('payment_intent', 'requires_capture', 'canceled'), ('payment_intent', 'requires_capture', 'succeeded'), ('payment_intent', 'requires_confirmation', 'canceled'), ('payment_intent', 'requires_confirmation', 'processing'), ('payment_intent', 'requires_confirmation', 'requires_action'), ('payment_intent', 'requires_confirmation', 'requires_capture'), ('payment_intent', 'requires_confirmation', 'requires_payment_method'), ('payment_intent', 'requires_confirmation', 'succeeded'), ('payment_intent', 'requires_payment_method', 'canceled'), ('payment_intent', 'requires_payment_method', 'processing'), ('payment_intent', 'requires_payment_method', 'requires_action'), ('payment_intent', 'requires_payment_method', 'requires_capture'), ('payment_intent', 'requires_payment_method', 'requires_confirmation'), ('payment_intent', 'requires_payment_method', 'succeeded'), ('refund', 'pending', 'canceled'), ('refund', 'pending', 'failed'), ('refund', 'pending', 'requires_action'), ('refund', 'pending', 'succeeded'), ('refund', 'requires_action', 'canceled'), ('refund', 'requires_action', 'failed'), ('refund', 'requires_action', 'pending'), ('refund', 'succeeded', 'canceled'), ('refund', 'succeeded', 'failed'), ('review', 'open', 'closed'), ('topup', 'pending', 'canceled'), ('topup', 'pending', 'failed'), ('topup', 'pending', 'succeeded'), ('topup', 'succeeded', 'reversed')
;
INSERT INTO badge_count (badge, number) VALUES ('succeeded', 0), ('partial_refund', 0), ('refunded', 0), ('reversed', 0), ('partially_reversed', 0), ('refund_held', 0), ('refund_processing', 0), ('refund_waits_for_charge', 0), ('refund_needs_customer', 0), ('refund_failed', 0), ('uncaptured', 0), ('processing', 0), ('incomplete', 0), ('canceled', 0), ('expired', 0), ('failed', 0), ('blocked', 0), ('dispute_needs_response', 0), ('dispute_under_review', 0), ('dispute_won', 0), ('dispute_lost', 0)
;
CREATE TRIGGER refund_bi BEFORE INSERT ON refund BEGIN SELECT RAISE(ABORT, 'exists') WHERE EXISTS (SELECT 1 FROM refund WHERE id = NEW.id OR seq = NEW.seq OR key = NEW.key); SELECT RAISE(ABORT, 'charge_not_refundable') WHERE NEW.imported = 0 AND NOT EXISTS (SELECT 1 FROM charge WHERE id = NEW.charge AND captured = 1 AND (status = 'succeeded' OR (status = 'pending' AND NEW.pending_reason = 'charge_pending'))); SELECT RAISE(ABORT, 'currency_mismatch') WHERE EXISTS (SELECT 1 FROM charge WHERE id = NEW.charge AND currency <> NEW.currency); SELECT RAISE(ABORT, 'exceeds_remaining') WHERE NOT (NEW.status IN ('canceled', 'failed')) AND EXISTS (SELECT 1 FROM charge WHERE id = NEW.charge AND max(reported_refunded, (SELECT coalesce(sum(amount), 0) FROM refund WHERE charge = NEW.charge AND status NOT IN ('canceled', 'failed') AND imported = 1) + CASE WHEN NEW.imported = 1 THEN NEW.amount ELSE 0 END) + (SELECT coalesce(sum(amount), 0) FROM refund WHERE charge = NEW.charge AND status NOT IN ('canceled', 'failed')) - (SELECT coalesce(sum(amount), 0) FROM refund WHERE charge = NEW.charge AND status NOT IN ('canceled', 'failed') AND imported = 1) + CASE WHEN NEW.imported = 1 THEN 0 ELSE NEW.amount END > amount_captured); END
;
CREATE TRIGGER refund_ai AFTER INSERT ON refund BEGIN UPDATE charge SET refunded_elsewhere = max(0, reported_refunded - (SELECT coalesce(sum(amount), 0) FROM refund WHERE charge = NEW.charge AND status NOT IN ('canceled', 'failed') AND imported = 1)), amount_refunded = max(0, reported_refunded - (SELECT coalesce(sum(amount), 0) FROM refund WHERE charge = NEW.charge AND status NOT IN ('canceled', 'failed') AND imported = 1)) + (SELECT coalesce(sum(amount), 0) FROM refund WHERE charge = NEW.charge AND status NOT IN ('canceled', 'failed')) WHERE id = NEW.charge; END
;
CREATE TRIGGER refund_bu BEFORE UPDATE ON refund BEGIN SELECT RAISE(ABORT, 'immutable') WHERE NEW.id IS NOT OLD.id OR NEW.seq IS NOT OLD.seq OR NEW.amount IS NOT OLD.amount OR NEW.currency IS NOT OLD.currency OR NEW.settlement_currency IS NOT OLD.settlement_currency OR NEW.charge IS NOT OLD.charge OR NEW.payment_intent IS NOT OLD.payment_intent OR NEW.created IS NOT OLD.created OR NEW.reason IS NOT OLD.reason OR NEW.note IS NOT OLD.note OR NEW.imported IS NOT OLD.imported OR NEW.key IS NOT OLD.key OR NEW.actor IS NOT OLD.actor; SELECT RAISE(ABORT, 'illegal_transition') WHERE NEW.status <> OLD.status AND NOT EXISTS (SELECT 1 FROM transition WHERE kind = 'refund' AND src = OLD.status AND dst = NEW.status) AND NOT (NEW.imported = 1 AND OLD.status IN ('pending', 'requires_action')); END
;
CREATE TRIGGER refund_au AFTER UPDATE OF status ON refund BEGIN UPDATE charge SET refunded_elsewhere = max(0, reported_refunded - (SELECT coalesce(sum(amount), 0) FROM refund WHERE charge = NEW.charge AND status NOT IN ('canceled', 'failed') AND imported = 1)), amount_refunded = max(0, reported_refunded - (SELECT coalesce(sum(amount), 0) FROM refund WHERE charge = NEW.charge AND status NOT IN ('canceled', 'failed') AND imported = 1)) + (SELECT coalesce(sum(amount), 0) FROM refund WHERE charge = NEW.charge AND status NOT IN ('canceled', 'failed')) WHERE id = NEW.charge; END
;
CREATE TRIGGER refund_bd BEFORE DELETE ON refund BEGIN SELECT RAISE(ABORT, 'refund rows are kept as they are') WHERE true; END
;
CREATE TRIGGER transition_bi BEFORE INSERT ON transition BEGIN SELECT RAISE(ABORT, 'transition rows are kept as they are') WHERE true; END
;
CREATE TRIGGER transition_bu BEFORE UPDATE ON transition BEGIN SELECT RAISE(ABORT, 'transition rows are kept as they are') WHERE true; END
;
CREATE TRIGGER transition_bd BEFORE DELETE ON transition BEGIN SELECT RAISE(ABORT, 'transition rows are kept as they are') WHERE true; END
;
CREATE TRIGGER charge_bi BEFORE INSERT ON charge BEGIN SELECT RAISE(ABORT, 'exists') WHERE EXISTS (SELECT 1 FROM charge WHERE id = NEW.id OR seq = NEW.seq); SELECT RAISE(ABORT, 'derived') WHERE NEW.amount_refunded <> 0; SELECT RAISE(ABORT, 'exceeds_captured') WHERE max(0, NEW.reported_refunded - (SELECT coalesce(sum(amount), 0) FROM refund WHERE charge = NEW.id AND status NOT IN ('canceled', 'failed') AND imported = 1)) + (SELECT coalesce(sum(amount), 0) FROM refund WHERE charge = NEW.id AND status NOT IN ('canceled', 'failed')) > NEW.amount_captured; END
;
CREATE TRIGGER charge_ai AFTER INSERT ON charge BEGIN UPDATE charge SET refunded_elsewhere = max(0, reported_refunded - (SELECT coalesce(sum(amount), 0) FROM refund WHERE charge = NEW.id AND status NOT IN ('canceled', 'failed') AND imported = 1)), amount_refunded = max(0, reported_refunded - (SELECT coalesce(sum(amount), 0) FROM refund WHERE charge = NEW.id AND status NOT IN ('canceled', 'failed') AND imported = 1)) + (SELECT coalesce(sum(amount), 0) FROM refund WHERE charge = NEW.id AND status NOT IN ('canceled', 'failed')) WHERE id = NEW.id; END
;
CREATE TRIGGER charge_bu BEFORE UPDATE ON charge BEGIN SELECT RAISE(ABORT, 'immutable') WHERE NEW.id IS NOT OLD.id OR NEW.seq IS NOT OLD.seq OR NEW.currency IS NOT OLD.currency OR NEW.imported IS NOT OLD.imported OR (NEW.amount IS NOT OLD.amount AND NOT (OLD.imported = 1 AND OLD.amount_captured = 0 AND NEW.amount > OLD.amount)); SELECT RAISE(ABORT, 'illegal_transition') WHERE NEW.status <> OLD.status AND NOT EXISTS (SELECT 1 FROM transition WHERE kind = 'charge' AND src = OLD.status AND dst = NEW.status) AND NOT NEW.imported = 1; SELECT RAISE(ABORT, 'shared_is_frozen') WHERE OLD.imported = 0 AND ((OLD.transfer IS NOT NULL AND (NEW.transfer IS NOT OLD.transfer OR NEW.transfer_amount IS NOT OLD.transfer_amount OR NEW.transfer_currency IS NOT OLD.transfer_currency)) OR (OLD.application_fee IS NOT NULL AND (NEW.application_fee IS NOT OLD.application_fee OR NEW.application_fee_amount IS NOT OLD.application_fee_amount OR NEW.application_fee_currency IS NOT OLD.application_fee_currency))); SELECT RAISE(ABORT, 'captured_is_frozen') WHERE (OLD.amount_captured > 0 AND NEW.amount_captured <> OLD.amount_captured) OR (OLD.captured = 1 AND NEW.captured = 0); SELECT RAISE(ABORT, 'exceeds_captured') WHERE max(0, NEW.reported_refunded - (SELECT coalesce(sum(amount), 0) FROM refund WHERE charge = NEW.id AND status NOT IN ('canceled', 'failed') AND imported = 1)) + (SELECT coalesce(sum(amount), 0) FROM refund WHERE charge = NEW.id AND status NOT IN ('canceled', 'failed')) > NEW.amount_captured; END
;
CREATE TRIGGER charge_derived BEFORE UPDATE OF amount_refunded, refunded_elsewhere ON charge BEGIN SELECT RAISE(ABORT, 'derived') WHERE NEW.amount_refunded <> max(0, NEW.reported_refunded - (SELECT coalesce(sum(amount), 0) FROM refund WHERE charge = NEW.id AND status NOT IN ('canceled', 'failed') AND imported = 1)) + (SELECT coalesce(sum(amount), 0) FROM refund WHERE charge = NEW.id AND status NOT IN ('canceled', 'failed')) OR NEW.refunded_elsewhere <> max(0, NEW.reported_refunded - (SELECT coalesce(sum(amount), 0) FROM refund WHERE charge = NEW.id AND status NOT IN ('canceled', 'failed') AND imported = 1)); END
;
CREATE TRIGGER charge_reported AFTER UPDATE OF reported_refunded, amount_captured ON charge BEGIN UPDATE charge SET refunded_elsewhere = max(0, reported_refunded - (SELECT coalesce(sum(amount), 0) FROM refund WHERE charge = NEW.id AND status NOT IN ('canceled', 'failed') AND imported = 1)), amount_refunded = max(0, reported_refunded - (SELECT coalesce(sum(amount), 0) FROM refund WHERE charge = NEW.id AND status NOT IN ('canceled', 'failed') AND imported = 1)) + (SELECT coalesce(sum(amount), 0) FROM refund WHERE charge = NEW.id AND status NOT IN ('canceled', 'failed')) WHERE id = NEW.id; END
;
CREATE TRIGGER charge_bd BEFORE DELETE ON charge BEGIN SELECT RAISE(ABORT, 'charge rows are kept as they are') WHERE true; END
;
CREATE TRIGGER payment_intent_bu BEFORE UPDATE ON payment_intent BEGIN SELECT RAISE(ABORT, 'immutable') WHERE NEW.id IS NOT OLD.id OR NEW.seq IS NOT OLD.seq OR NEW.currency IS NOT OLD.currency OR NEW.imported IS NOT OLD.imported; SELECT RAISE(ABORT, 'illegal_transition') WHERE NEW.status <> OLD.status AND NOT EXISTS (SELECT 1 FROM transition WHERE kind = 'payment_intent' AND src = OLD.status AND dst = NEW.status) AND NOT NEW.imported = 1; END
;
CREATE TRIGGER payment_intent_bd BEFORE DELETE ON payment_intent BEGIN SELECT RAISE(ABORT, 'payment_intent rows are kept as they are') WHERE true; END
;
CREATE TRIGGER dispute_bu BEFORE UPDATE ON dispute BEGIN SELECT RAISE(ABORT, 'immutable') WHERE NEW.id IS NOT OLD.id OR NEW.seq IS NOT OLD.seq OR NEW.currency IS NOT OLD.currency OR NEW.imported IS NOT OLD.imported; SELECT RAISE(ABORT, 'illegal_transition') WHERE NEW.status <> OLD.status AND NOT EXISTS (SELECT 1 FROM transition WHERE kind = 'dispute' AND src = OLD.status AND dst = NEW.status) AND NOT NEW.imported = 1; END
;
CREATE TRIGGER dispute_bd BEFORE DELETE ON dispute BEGIN SELECT RAISE(ABORT, 'dispute rows are kept as they are') WHERE true; END
;
CREATE TRIGGER review_bu BEFORE UPDATE ON review BEGIN SELECT RAISE(ABORT, 'illegal_transition') WHERE NEW.imported = 0 AND OLD.closed IS NOT NULL AND NEW.closed IS NOT OLD.closed; END
;
CREATE TRIGGER review_bd BEFORE DELETE ON review BEGIN SELECT RAISE(ABORT, 'review rows are kept as they are') WHERE true; END
;
CREATE TRIGGER block_list_bd BEFORE DELETE ON block_list BEGIN SELECT RAISE(ABORT, 'block_list rows are kept as they are') WHERE true; END
;
CREATE TRIGGER outbox_bd BEFORE DELETE ON outbox BEGIN SELECT RAISE(ABORT, 'outbox rows are kept as they are') WHERE true; END
;
CREATE TRIGGER topup_bu BEFORE UPDATE ON topup BEGIN SELECT RAISE(ABORT, 'immutable') WHERE NEW.id IS NOT OLD.id OR NEW.seq IS NOT OLD.seq OR NEW.currency IS NOT OLD.currency OR NEW.amount IS NOT OLD.amount; SELECT RAISE(ABORT, 'illegal_transition') WHERE NEW.status <> OLD.status AND NOT EXISTS (SELECT 1 FROM transition WHERE kind = 'topup' AND src = OLD.status AND dst = NEW.status) AND NOT false; END
;
CREATE TRIGGER topup_bd BEFORE DELETE ON topup BEGIN SELECT RAISE(ABORT, 'topup rows are kept as they are') WHERE true; END
;
CREATE TRIGGER transfer_reversal_bi BEFORE INSERT ON transfer_reversal BEGIN SELECT RAISE(ABORT, 'exists') WHERE EXISTS (SELECT 1 FROM transfer_reversal WHERE id = NEW.id OR seq = NEW.seq); SELECT RAISE(ABORT, 'exceeds_shared') WHERE NOT EXISTS (SELECT 1 FROM charge WHERE id = NEW.charge AND transfer_currency = NEW.currency AND NEW.amount + transfer_reversed + (SELECT coalesce(sum(amount), 0) FROM transfer_reversal WHERE charge = NEW.charge) <= transfer_amount); END
;
CREATE TRIGGER transfer_reversal_bu BEFORE UPDATE ON transfer_reversal BEGIN SELECT RAISE(ABORT, 'transfer_reversal rows are kept as they are') WHERE true; END
;
CREATE TRIGGER transfer_reversal_bd BEFORE DELETE ON transfer_reversal BEGIN SELECT RAISE(ABORT, 'transfer_reversal rows are kept as they are') WHERE true; END
;
CREATE TRIGGER fee_refund_bi BEFORE INSERT ON fee_refund BEGIN SELECT RAISE(ABORT, 'exists') WHERE EXISTS (SELECT 1 FROM fee_refund WHERE id = NEW.id OR seq = NEW.seq); SELECT RAISE(ABORT, 'exceeds_shared') WHERE NOT EXISTS (SELECT 1 FROM charge WHERE id = NEW.charge AND application_fee_currency = NEW.currency AND NEW.amount + application_fee_refunded + (SELECT coalesce(sum(amount), 0) FROM fee_refund WHERE charge = NEW.charge) <= application_fee_amount); END
;
CREATE TRIGGER fee_refund_bu BEFORE UPDATE ON fee_refund BEGIN SELECT RAISE(ABORT, 'fee_refund rows are kept as they are') WHERE true; END
;
CREATE TRIGGER fee_refund_bd BEFORE DELETE ON fee_refund BEGIN SELECT RAISE(ABORT, 'fee_refund rows are kept as they are') WHERE true; END
;
CREATE TRIGGER posting_bi BEFORE INSERT ON posting BEGIN SELECT RAISE(ABORT, 'exists') WHERE EXISTS (SELECT 1 FROM posting WHERE seq = NEW.seq); SELECT RAISE(ABORT, 'currency_mismatch') WHERE (SELECT count(*) FROM account WHERE id IN (NEW.debit, NEW.credit) AND currency = NEW.currency) <> 2; SELECT RAISE(ABORT, 'balance_insufficient') WHERE NEW.code IN ('refund', 'refund_reversal') AND (SELECT credits - debits FROM account WHERE id = NEW.debit) < NEW.amount; END
;
CREATE TRIGGER posting_ai AFTER INSERT ON posting BEGIN UPDATE account SET debits = debits + NEW.amount WHERE id = NEW.debit; UPDATE account SET credits = credits + NEW.amount WHERE id = NEW.credit; END
;
CREATE TRIGGER posting_bu BEFORE UPDATE ON posting BEGIN SELECT RAISE(ABORT, 'posting rows are kept as they are') WHERE true; END
;
CREATE TRIGGER posting_bd BEFORE DELETE ON posting BEGIN SELECT RAISE(ABORT, 'posting rows are kept as they are') WHERE true; END
;
CREATE TRIGGER account_bd BEFORE DELETE ON account BEGIN SELECT RAISE(ABORT, 'account rows are kept as they are') WHERE true; END
;
CREATE TRIGGER balance_transaction_bd BEFORE DELETE ON balance_transaction BEGIN SELECT RAISE(ABORT, 'balance_transaction rows are kept as they are') WHERE true; END
;
CREATE TRIGGER event_bi BEFORE INSERT ON event BEGIN SELECT RAISE(ABORT, 'exists') WHERE EXISTS (SELECT 1 FROM event WHERE seq = NEW.seq OR id = NEW.id); END
;
CREATE TRIGGER event_bu BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'event rows are kept as they are') WHERE true; END
;
CREATE TRIGGER event_bd BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'event rows are kept as they are') WHERE true; END
;
CREATE TRIGGER payment_ai AFTER INSERT ON payment BEGIN UPDATE badge_count SET number = number + 1 WHERE badge = NEW.badge; INSERT INTO payment_text (rowid, search) VALUES (NEW.seq, NEW.search); END
;
CREATE TRIGGER payment_badge AFTER UPDATE OF badge ON payment WHEN NEW.badge <> OLD.badge BEGIN UPDATE badge_count SET number = number - 1 WHERE badge = OLD.badge; UPDATE badge_count SET number = number + 1 WHERE badge = NEW.badge; END
;
CREATE TRIGGER payment_search AFTER UPDATE OF search ON payment WHEN NEW.search <> OLD.search BEGIN INSERT INTO payment_text (payment_text, rowid, search) VALUES ('delete', OLD.seq, OLD.search); INSERT INTO payment_text (rowid, search) VALUES (NEW.seq, NEW.search); END
;
CREATE TRIGGER payment_ad AFTER DELETE ON payment BEGIN UPDATE badge_count SET number = number - 1 WHERE badge = OLD.badge; INSERT INTO payment_text (payment_text, rowid, search) VALUES ('delete', OLD.seq, OLD.search); END
;
