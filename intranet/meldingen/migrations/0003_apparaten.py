from django.db import migrations, models
import django.db.models.deletion


class Migration(migrations.Migration):

    dependencies = [
        ('meldingen', '0002_zending_namens'),
    ]

    operations = [
        migrations.AddField(
            model_name='abonnement',
            name='sessie',
            field=models.CharField(db_index=True, default='', max_length=40),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='zending',
            name='abonnement',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='zendingen', to='meldingen.abonnement'),
        ),
        migrations.AlterField(
            model_name='zending',
            name='soort',
            field=models.CharField(choices=[('thread', 'Over één vraag'), ('overzicht', 'Overzicht'), ('telefoon', 'Op een apparaat')], max_length=10),
        ),
    ]
